package dev.signalbox.cli;

import dev.signalbox.client.Refill;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads rates: {@code 100/1s}, or {@code 100/s} for the same. */
final class RefillConverter implements ITypeConverter<Refill> {
  private static final Pattern RATE = Pattern.compile("(\\d{1,9})/(.+)");

  @Override
  public Refill convert(String text) {
    Matcher rate = RATE.matcher(text);
    if (!rate.matches()) {
      throw new TypeConversionException("'" + text + "' is no rate such as 100/1s");
    }
    String period = rate.group(2);
    boolean unitAlone = !Character.isDigit(period.charAt(0));
    return new Refill(
        Integer.parseInt(rate.group(1)),
        new TimeConverter().convert(unitAlone ? "1" + period : period));
  }
}
