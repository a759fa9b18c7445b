package dev.signalbox.systemtests.oracle;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Names of the model as names of ours, in a namespace of the case's own. In the model a name is a
 * path and the backslash its separator. Two directories exist, {@code Local}, which is meant where
 * none is named, and {@code Global}; here each is a level. Nothing can be put into another one, so
 * nobody is asked: the answer is that there is no such path. Thread-safe.
 */
final class Names {
  private final String namespace;
  private final Set<String> shortened = ConcurrentHashMap.newKeySet();
  private final AtomicInteger unnamed = new AtomicInteger();

  Names(String namespace) {
    this.namespace = namespace;
  }

  /** A name that nobody else has. */
  String fresh() {
    return namespace + "/unnamed/" + unnamed.incrementAndGet();
  }

  /** The next time that it is asked for, a name that is too long for us stands for a short one. */
  void shortenOnce(String object) {
    shortened.add(object);
  }

  private String shortOf(String object) {
    return shortened.remove(object) ? namespace + "/long/" + object.length() : object;
  }

  /**
   * The name of an object that is asked for.
   *
   * @throws Win32Error if it is one of the model's special cases that no name of ours can be
   */
  String of(@Nullable String name) {
    String path = expanded(name == null ? "" : name);
    int end = path.lastIndexOf('\\');
    String directory = end < 0 ? "Local" : path.substring(0, end);
    String rest = path.substring(end + 1);
    return switch (directory) {
      case "Local" -> shortOf(namespace + "/local/" + level(rest));
      case "Global" -> shortOf(namespace + "/global/" + level(rest));
      default -> throw new Win32Error(Win32.PATH_NOT_FOUND);
    };
  }

  /** The empty name is that of the directory itself, which is no object of the kind asked for. */
  static boolean isEmpty(@Nullable String name) {
    return "EMPTY".equals(name) || "".equals(name);
  }

  /** {@code @L260} stands for 260 letters. */
  private static String expanded(String name) {
    return name.matches("@L\\d+") ? "n".repeat(Integer.parseInt(name.substring(2))) : name;
  }

  /** What separates our levels is a letter like others in the model. */
  private static String level(String name) {
    return name.replace("%", "%25").replace("/", "%2F");
  }
}
