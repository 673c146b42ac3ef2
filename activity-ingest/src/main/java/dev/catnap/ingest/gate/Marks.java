package dev.catnap.ingest.gate;

import dev.catnap.events.NotWaking;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@link NotWaking} marks of a service, ready to be compared with each of its requests. A
 * service without marks looks at nothing.
 */
public final class Marks {
  /** No request is marked. */
  public static final Marks NONE = new Marks(NotWaking.NONE);

  private final List<Glob> userAgents;
  private final List<Glob> paths;
  private final List<Header> headers;
  private final boolean none;

  /**
   * @param value null: any
   */
  private record Header(String name, @Nullable Glob value) {
    static Header of(String mark) {
      int equals = mark.indexOf('=');
      return equals < 0
          ? new Header(mark, null)
          : new Header(mark.substring(0, equals), Glob.of(mark.substring(equals + 1)));
    }

    boolean isOn(Caller caller) {
      String given = caller.header(name);
      return given != null && (value == null || value.matches(given));
    }
  }

  private Marks(NotWaking marks) {
    userAgents = marks.userAgents().stream().map(Glob::ignoringCase).toList();
    paths = marks.paths().stream().map(Glob::of).toList();
    headers = marks.headers().stream().map(Header::of).toList();
    none = marks.isEmpty();
  }

  public static Marks of(NotWaking marks) {
    return marks.isEmpty() ? NONE : new Marks(marks);
  }

  /** Whether the request is to wake nothing and not to count. */
  public boolean cover(Caller caller) {
    return !none
        && (anyMatches(userAgents, userAgents.isEmpty() ? null : caller.header("User-Agent"))
            || anyMatches(paths, paths.isEmpty() ? null : caller.path())
            || hasHeader(caller));
  }

  private static boolean anyMatches(List<Glob> globs, @Nullable String text) {
    if (text == null) {
      return false;
    }
    for (Glob glob : globs) {
      if (glob.matches(text)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasHeader(Caller caller) {
    for (Header header : headers) {
      if (header.isOn(caller)) {
        return true;
      }
    }
    return false;
  }
}
