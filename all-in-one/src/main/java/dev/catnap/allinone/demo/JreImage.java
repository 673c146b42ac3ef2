package dev.catnap.allinone.demo;

import dev.catnap.allinone.cli.CommandFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of an image that is made of nothing but this host's JDK: a small JRE, the C library it
 * is linked against, and the class of {@link DemoService}.
 */
final class JreImage {
  private static final String CLASS_FILE = DemoService.class.getName().replace('.', '/') + ".class";
  private static final int TIMEOUT_SECONDS = 120;

  /** {@code libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x...)}, or the loader's path alone. */
  private static final Pattern LIBRARY = Pattern.compile("(?:=> )?(/\\S+) \\(0x[0-9a-f]+\\)");

  private JreImage() {}

  /** The bytes that decide what the image does; another JDK or program makes another image. */
  static String content() {
    try (InputStream classFile = DemoService.class.getResourceAsStream("/" + CLASS_FILE)) {
      if (classFile == null) {
        throw new CommandFailedException("the demo's program is missing in the class path");
      }
      return Runtime.version()
          + "-"
          + Integer.toHexString(java.util.Arrays.hashCode(classFile.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the image's root file system below {@code root}, which must not exist. */
  static void write(Path root) {
    try {
      Path jre = root.resolve("jre");
      Files.createDirectories(root.resolve("tmp"));
      link(jre);
      for (String library : libraries(jre)) {
        copy(Path.of(library), Path.of(root + library));
      }
      Path target = root.resolve("app").resolve(CLASS_FILE);
      Files.createDirectories(target.getParent());
      try (InputStream classFile = DemoService.class.getResourceAsStream("/" + CLASS_FILE)) {
        Files.copy(java.util.Objects.requireNonNull(classFile), target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void link(Path jre) {
    run(
        Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
        "--add-modules",
        "java.base,jdk.httpserver",
        "--strip-debug",
        "--no-header-files",
        "--no-man-pages",
        "--generate-cds-archive",
        "--output",
        jre.toString());
  }

  /** Everything outside of the JRE that its programs and libraries are linked against. */
  private static Set<String> libraries(Path jre) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(jre)) {
      for (Path file : files.filter(JreImage::isLinked).toList()) {
        Matcher matcher = LIBRARY.matcher(run("ldd", file.toString()));
        while (matcher.find()) {
          found.add(matcher.group(1));
        }
      }
    }
    found.removeIf(path -> path.startsWith(jre.toString()));
    return found;
  }

  private static boolean isLinked(Path file) {
    return file.endsWith("bin/java") || file.toString().endsWith(".so");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    // The file itself, not the link to it that most distributions have under this name.
    Files.copy(from.toRealPath(), to);
  }

  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new CommandFailedException(
            "the demo's image cannot be made: %s: %s".formatted(List.of(command), output.strip()));
      }
      return output;
    } catch (IOException e) {
      throw new CommandFailedException(
          "the demo's image cannot be made: " + command[0] + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while the demo's image was made", e);
    }
  }
}
