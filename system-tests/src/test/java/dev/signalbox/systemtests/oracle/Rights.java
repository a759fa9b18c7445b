package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.AccessRight;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a handle is asked for, as a number or in the words of the model. */
final class Rights {
  private static final int SYNCHRONIZE = 0x0010_0000;
  private static final int MODIFY_STATE = 0x2;
  private static final int QUERY_STATE = 0x1;

  private Rights() {}

  /** The rights of some access; all of them if nothing is said. */
  static Set<AccessRight> of(@Nullable String access) {
    if (access == null) {
      return EnumSet.allOf(AccessRight.class);
    }
    Set<AccessRight> rights = EnumSet.noneOf(AccessRight.class);
    for (String word : access.toUpperCase(Locale.ROOT).split("[|+, ]+", -1)) {
      rights.addAll(word.matches("\\d.*") ? ofMask(Long.decode(word)) : ofWord(word));
    }
    return rights;
  }

  private static Set<AccessRight> ofMask(long mask) {
    Set<AccessRight> rights = EnumSet.noneOf(AccessRight.class);
    add(rights, AccessRight.SYNCHRONIZE, mask & SYNCHRONIZE);
    add(rights, AccessRight.MODIFY_STATE, mask & MODIFY_STATE);
    add(rights, AccessRight.QUERY_STATE, mask & QUERY_STATE);
    return rights;
  }

  private static void add(Set<AccessRight> rights, AccessRight right, long bit) {
    if (bit != 0) {
      rights.add(right);
    }
  }

  private static Set<AccessRight> ofWord(String word) {
    if (word.contains("ALL") || word.contains("MAXIMUM")) {
      return EnumSet.allOf(AccessRight.class);
    }
    if (word.contains("SYNC") || word.contains("EXECUTE") || word.contains("WAIT")) {
      return EnumSet.of(AccessRight.SYNCHRONIZE);
    }
    if (word.contains("MODIFY") || word.contains("WRITE") || word.contains("RELEASE")) {
      return EnumSet.of(AccessRight.MODIFY_STATE);
    }
    if (word.contains("QUERY") || (word.contains("READ") && !word.contains("READ_CONTROL"))) {
      return EnumSet.of(AccessRight.QUERY_STATE);
    }
    return EnumSet.noneOf(AccessRight.class);
  }
}
