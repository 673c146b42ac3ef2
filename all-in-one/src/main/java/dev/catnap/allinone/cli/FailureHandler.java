package dev.catnap.allinone.cli;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a failure in one line on standard error; a stack trace only for what nobody foresaw. */
public final class FailureHandler implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    if (failure instanceof CommandFailedException) {
      commandLine.getErr().println("catnap: " + failure.getMessage());
    } else {
      failure.printStackTrace(commandLine.getErr());
    }
    commandLine.getErr().flush();
    return ExitCode.SOFTWARE;
  }
}
