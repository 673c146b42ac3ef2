package dev.catnap.allinone.cli;

import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.ExitCode;

/** Asks a running Catnap to bring a service to another state, and tells how that went. */
final class Transition {
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final ApiClient client;
  private final PrintWriter out;
  private final boolean json;

  Transition(ApiClient client, PrintWriter out, boolean json) {
    this.client = client;
    this.out = out;
    this.json = json;
  }

  /**
   * @param action {@code wake} or {@code sleep}
   * @param wait 0: returns once the command is given
   * @return the exit code
   */
  int ask(String service, String action, Duration wait) {
    String path = "/services/" + ApiClient.segment(service) + "/" + action;
    String query = wait.isZero() ? "" : "?wait=" + wait.toMillis() + "ms";
    ApiClient.Answer answer = client.post(path + query, wait.plus(MARGIN));
    if (json) {
      out.println(answer.text().strip());
    } else if (answer.isSuccess()) {
      String state = answer.json().path("state").asString("");
      out.println(service + ": " + (state.isEmpty() ? action + " commanded" : state));
    }
    out.flush();
    if (!answer.isSuccess() && !json) {
      throw new CommandFailedException(service + ": " + answer.problem());
    }
    return answer.isSuccess() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
