package dev.signalbox.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** The command {@code signalbox} as a process. */
public final class Main {
  /** Kept, so that its level is. */
  private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

  private Main() {}

  /** Runs one command and exits with its {@link ExitCode}. */
  public static void main(String[] args) {
    // What goes wrong is said in one line of our own.
    GRPC_LOG.setLevel(Level.OFF);
    System.exit(run(writer(System.out), writer(System.err), args));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  /** Runs one command in this process. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    int code = commandLine(out, err).execute(args);
    out.flush();
    return out.checkError() && code == ExitCode.OK ? ExitCode.FAILED : code;
  }

  /** The command and everything below it. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    Signalbox app = new Signalbox(new Output(out, err));
    CommandLine line = new CommandLine(app);
    line.addSubcommand(new RunCommand(app))
        .addSubcommand(new CreateCommand(app))
        .addSubcommand(new GetCommand(app))
        .addSubcommand(new ListCommand(app))
        .addSubcommand(new WatchCommand(app))
        .addSubcommand(new ResizeCommand(app))
        .addSubcommand(new DeleteCommand(app))
        .addSubcommand(new AcquireCommand(app))
        .addSubcommand(new RenewCommand(app))
        .addSubcommand(new ReleaseCommand(app))
        .addSubcommand(new SessionsCommand(app))
        .addSubcommand(new KillCommand(app))
        .addSubcommand(new CompletionCommand(app));
    return configured(line, app.output());
  }

  private static CommandLine configured(CommandLine line, Output output) {
    return line.setOut(output.out())
        .setErr(output.err())
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new BadUsage(output))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> Failures.report(failure, output));
  }
}
