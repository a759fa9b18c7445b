package dev.signalbox.systemtests.oracle;

import dev.signalbox.systemtests.oracle.Handle.Right;
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
  static Set<Right> of(@Nullable String access) {
    if (access == null) {
      return EnumSet.allOf(Right.class);
    }
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (String word : access.toUpperCase(Locale.ROOT).split("[|+, ]+", -1)) {
      rights.addAll(word.matches("\\d.*") ? ofMask(Long.decode(word)) : ofWord(word));
    }
    return rights;
  }

  private static Set<Right> ofMask(long mask) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    add(rights, Right.SYNCHRONIZE, mask & SYNCHRONIZE);
    add(rights, Right.MODIFY_STATE, mask & MODIFY_STATE);
    add(rights, Right.QUERY_STATE, mask & QUERY_STATE);
    return rights;
  }

  private static void add(Set<Right> rights, Right right, long bit) {
    if (bit != 0) {
      rights.add(right);
    }
  }

  private static Set<Right> ofWord(String word) {
    if (word.contains("ALL") || word.contains("MAXIMUM")) {
      return EnumSet.allOf(Right.class);
    }
    if (word.contains("SYNC") || word.contains("EXECUTE") || word.contains("WAIT")) {
      return EnumSet.of(Right.SYNCHRONIZE);
    }
    if (word.contains("MODIFY") || word.contains("WRITE") || word.contains("RELEASE")) {
      return EnumSet.of(Right.MODIFY_STATE);
    }
    if (word.contains("QUERY") || word.contains("READ") && !word.contains("READ_CONTROL")) {
      return EnumSet.of(Right.QUERY_STATE);
    }
    return EnumSet.noneOf(Right.class);
  }
}
