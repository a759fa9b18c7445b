package dev.signalbox.cli.run;

import dev.signalbox.client.GrantedPart;
import dev.signalbox.client.Permit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a command is told of the permits that it runs under, as environment variables. {@code
 * SIGNALBOX_GRANT} is the id. Of numbered semaphores and mutexes, {@code SIGNALBOX_SLOTS} and
 * {@code SIGNALBOX_EPOCHS} are the slots and epochs of all parts, in the order of the acquire,
 * separated by commas, and {@code SIGNALBOX_SLOT} and {@code SIGNALBOX_EPOCH} the first of each.
 * {@code SIGNALBOX_ABANDONED} is 1 if an earlier owner of a mutex vanished. What does not apply is
 * not set.
 */
public final class GrantEnvironment {
  private static final String PREFIX = "SIGNALBOX_";
  private static final List<String> NAMES =
      List.of("GRANT", "SLOT", "SLOTS", "EPOCH", "EPOCHS", "ABANDONED");

  private final String grant;
  private final List<GrantedPart> parts;

  GrantEnvironment(String grant, List<GrantedPart> parts) {
    this.grant = grant;
    this.parts = parts;
  }

  /** What is to be told of this permit. */
  public static GrantEnvironment of(Permit permit) {
    return new GrantEnvironment(permit.id(), permit.parts());
  }

  /** Has all that this takes loaded. */
  static void rehearse() {
    GrantedPart part = new GrantedPart("", 1, false, List.of(0), List.of(1L), false);
    String id = HexFormat.of().formatHex(new byte[1]);
    new GrantEnvironment(id, List.of(part)).writeTo(new HashMap<>());
  }

  /** Sets the variables, and removes those of another run that this one runs in. */
  void writeTo(Map<String, String> environment) {
    NAMES.forEach(name -> environment.remove(PREFIX + name));
    put(environment, "GRANT", grant);
    putList(environment, "SLOT", parts.stream().flatMap(part -> part.slots().stream()).toList());
    putList(environment, "EPOCH", parts.stream().flatMap(part -> part.epochs().stream()).toList());
    boolean abandoned = parts.stream().anyMatch(GrantedPart::abandoned);
    put(environment, "ABANDONED", abandoned ? "1" : "");
  }

  private static void putList(Map<String, String> environment, String name, List<?> values) {
    if (!values.isEmpty()) {
      put(environment, name, String.valueOf(values.get(0)));
      String all = values.stream().map(String::valueOf).collect(Collectors.joining(","));
      put(environment, name + "S", all);
    }
  }

  private static void put(Map<String, String> environment, String name, String value) {
    if (!value.isEmpty()) {
      environment.put(PREFIX + name, value);
    }
  }
}
