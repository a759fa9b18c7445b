package dev.signalbox.cli;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One line about a command line that cannot be understood. */
final class BadUsage implements IParameterExceptionHandler {
  private final Output output;

  BadUsage(Output output) {
    this.output = output;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("bad usage");
    output.say(message + "; " + advice(failure, command));
    return ExitCode.USAGE;
  }

  private static String advice(ParameterException failure, CommandLine command) {
    return failure instanceof UnmatchedArgumentException && command.getCommandName().equals("run")
        ? "the command and its options go behind '--'"
        : command.getCommandSpec().qualifiedName() + " --help shows how";
  }
}
