package dev.signalbox.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/**
 * Permits of one object as named on a command line.
 *
 * @param name of the semaphore, mutex or event
 * @param permits how many
 */
record Share(String name, int permits) {
  /** Reads {@code name} or {@code name=permits}. */
  static final class Converter implements ITypeConverter<Share> {
    private static final Pattern WITH_PERMITS = Pattern.compile("(.+)=(\\d{1,9})");

    @Override
    public Share convert(String text) {
      Matcher share = WITH_PERMITS.matcher(text);
      return share.matches()
          ? new Share(share.group(1), Integer.parseInt(share.group(2)))
          : new Share(text, 1);
    }
  }
}
