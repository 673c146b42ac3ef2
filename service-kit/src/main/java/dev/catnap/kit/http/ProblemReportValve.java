package dev.catnap.kit.http;

import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** What Tomcat itself refuses before any of our code sees it, such as a malformed request line. */
public final class ProblemReportValve extends ErrorReportValve {
  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int status = response.getStatus();
    boolean nothingToSay = status < 400 || response.getContentWritten() > 0;
    if (nothingToSay || !response.setErrorReported()) {
      return;
    }
    try {
      response.setContentType("application/problem+json");
      response.setCharacterEncoding("UTF-8");
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(body(status));
        response.finishResponse();
      }
    } catch (IOException | IllegalStateException e) {
      // The sender is gone, or has been answered in part: there is nobody left to tell.
      container.getLogger().debug("no error report", e);
    }
  }

  private static String body(int status) {
    return """
    {"type":"%srefused","title":"Refused","status":%d,"detail":"The server could not take the request."}
    """
        .formatted(Problems.TYPE_PREFIX, status);
  }
}
