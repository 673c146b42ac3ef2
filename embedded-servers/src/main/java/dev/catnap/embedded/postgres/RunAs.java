package dev.catnap.embedded.postgres;

import dev.catnap.embedded.EmbeddedServerException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How this process runs PostgreSQL's programs: as itself, or when it is root as nobody.
 *
 * <p>{@code setpriv} of util-linux gives the user away and asks the kernel to stop the server when
 * its parent dies; {@code setsid} keeps a Ctrl-C in the terminal for the parent alone, which then
 * stops the server after its clients.
 */
record RunAs(boolean root, Optional<Path> setpriv, Optional<Path> setsid) {

  /** Debian's {@code nobody}, and everybody else's. */
  static final int UNPRIVILEGED = 65_534;

  /**
   * Finds out who this process is and which helpers the machine has.
   *
   * @throws EmbeddedServerException when it is root without {@code setpriv}
   */
  static RunAs detect() {
    boolean root = isRoot();
    Optional<Path> setpriv = program("setpriv");
    if (root && setpriv.isEmpty()) {
      throw new EmbeddedServerException(
          "PostgreSQL cannot run as root, and there is no setpriv to run it as another user."
              + " Install the package util-linux, or run Catnap as a user that is not root.");
    }
    return new RunAs(root, setpriv, program("setsid"));
  }

  private static boolean isRoot() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    } catch (IOException | UnsupportedOperationException noProcFileSystem) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  private static Optional<Path> program(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
    return List.of(path.split(File.pathSeparator)).stream()
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The command for a program that ends by itself. */
  List<String> once(List<String> command) {
    List<String> all = new ArrayList<>();
    if (root) {
      all.addAll(asNobody());
    }
    all.addAll(command);
    return all;
  }

  /** The command for a server that must not outlive this process. */
  List<String> server(List<String> command) {
    List<String> all = new ArrayList<>();
    setsid.ifPresent(program -> all.add(program.toString()));
    if (setpriv.isPresent()) {
      all.addAll(root ? asNobody() : List.of(setpriv.get().toString()));
      // SIGINT is PostgreSQL's fast shutdown.
      all.addAll(List.of("--pdeathsig", "INT"));
    }
    all.addAll(command);
    return all;
  }

  private List<String> asNobody() {
    return List.of(
        setpriv.orElseThrow().toString(),
        "--reuid=" + UNPRIVILEGED,
        "--regid=" + UNPRIVILEGED,
        "--clear-groups");
  }

  Optional<Path> barrierTo(Path directory) throws IOException {
    return root ? FileRights.barrierFor(UNPRIVILEGED, directory) : Optional.empty();
  }

  /** Gives a file of ours to the user that PostgreSQL runs as. */
  void handOver(Path file) throws IOException {
    if (root) {
      FileRights.own(file, UNPRIVILEGED);
    }
  }
}
