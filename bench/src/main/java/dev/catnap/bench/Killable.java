package dev.catnap.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A part of Catnap as a program of its own, to be killed and started again. */
final class Killable implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx128m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");
  private static final int STOP_WITHIN_SECONDS = 15;

  private final String name;
  private final List<String> command;
  private final Path log;
  private Process process;

  private Killable(String name, List<String> command, Path log) {
    this.name = name;
    this.command = command;
    this.log = log;
    this.process = launch();
  }

  /** The broker, with its data below {@code directory}. */
  static Killable broker(Path directory) {
    return new Killable(
        "broker",
        java(
            List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Broker.class.getName(),
                directory.resolve("kafka").toString())),
        directory.resolve("broker.log"));
  }

  /** A service's runnable jar. */
  static Killable service(Path directory, String name, int port, List<String> settings) {
    List<String> arguments = new ArrayList<>();
    arguments.add("-jar");
    arguments.add(
        Path.of(name, "target", name + "-0.1.0-SNAPSHOT-exec.jar").toAbsolutePath().toString());
    arguments.add("--catnap.port=" + port);
    arguments.addAll(settings);
    return new Killable(name, java(arguments), directory.resolve(name + ".log"));
  }

  private static List<String> java(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(arguments);
    return command;
  }

  private Process launch() {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  Path log() {
    return log;
  }

  /** As a power cut would: no farewell, then a start at once. */
  void killAndStart() throws InterruptedException {
    process.destroyForcibly().waitFor();
    process = launch();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
