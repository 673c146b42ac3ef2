package dev.catnap.events;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Marks of requests that wake nothing and do not count as activity, such as those of monitors and
 * bots. One mark that fits is enough; {@code *} stands for any text, also for none.
 *
 * @param userAgents upper and lower case alike, such as {@code UptimeRobot*}
 * @param paths as they were asked for, without the query, such as {@code /metrics/*}
 * @param headers {@code X-Monitor}: it is there; {@code X-Probe=1}: it has that value
 */
public record NotWaking(List<String> userAgents, List<String> paths, List<String> headers) {
  /** No request is marked. */
  public static final NotWaking NONE = new NotWaking(List.of(), List.of(), List.of());

  /** Of each kind; every request to the service is compared with all of them. */
  public static final int MOST_MARKS = 64;

  private static final int LONGEST_MARK = 200;
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'+.^_`|~-]+(=.*)?");

  public NotWaking {
    userAgents = checked("not_waking.user_agents", userAgents);
    paths = checked("not_waking.paths", paths);
    headers = checked("not_waking.headers", headers);
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      if (!path.startsWith("/") && !path.startsWith("*")) {
        throw new InvalidFieldException(
            "not_waking.paths[" + i + "]", "must begin with '/' or '*'", path);
      }
    }
    for (int i = 0; i < headers.size(); i++) {
      if (!HEADER.matcher(headers.get(i)).matches()) {
        throw new InvalidFieldException(
            "not_waking.headers[" + i + "]",
            "must be a header's name, or name=value; '*' in the value only",
            headers.get(i));
      }
    }
  }

  private static List<String> checked(String field, List<String> marks) {
    if (marks.size() > MOST_MARKS) {
      throw new InvalidFieldException(field, "must be at most " + MOST_MARKS, marks.size());
    }
    for (int i = 0; i < marks.size(); i++) {
      String mark = marks.get(i);
      if (mark.isBlank() || mark.length() > LONGEST_MARK) {
        throw new InvalidFieldException(
            field + "[" + i + "]", "must be 1 to " + LONGEST_MARK + " characters", mark);
      }
    }
    return List.copyOf(marks);
  }

  public boolean isEmpty() {
    return userAgents.isEmpty() && paths.isEmpty() && headers.isEmpty();
  }
}
