package dev.signalbox.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what shells need to complete our words. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Print a completion script for bash and zsh.",
      "Try it: source <(signalbox completion)"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Signalbox app;

  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand(Signalbox app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    app.output().out().println(AutoComplete.bash("signalbox", spec.root().commandLine()));
    return ExitCode.OK;
  }
}
