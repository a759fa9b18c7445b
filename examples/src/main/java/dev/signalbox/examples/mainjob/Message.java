package dev.signalbox.examples.mainjob;

/** What a worker tells the coordinator, one line each. */
sealed interface Message {
  /** Connected and waiting for files. */
  record Ready() implements Message {}

  /** A callback is inside, at work on this file. */
  record Begun(int task) implements Message {}

  /** The file is done and its permit given back. */
  record Done(int task, Compression.Result result) implements Message {}

  /** The file cannot be read, or no longer. */
  record Unreadable(int task) implements Message {}

  /** The work on the file failed for another reason and has to be done again. */
  record Failed(int task, String why) implements Message {}

  /** As one line. */
  default String toLine() {
    if (this instanceof Begun begun) {
      return "begun " + begun.task();
    } else if (this instanceof Done done) {
      Compression.Result result = done.result();
      return String.join(
          " ",
          "done",
          Integer.toString(done.task()),
          result.sha256(),
          Long.toString(result.bytes()),
          Long.toString(result.compressed()),
          Boolean.toString(result.steady()));
    } else if (this instanceof Unreadable unreadable) {
      return "unreadable " + unreadable.task();
    } else if (this instanceof Failed failed) {
      return "failed " + failed.task() + " " + failed.why().replaceAll("\\s+", " ");
    }
    return "ready";
  }

  /** Reads {@link #toLine}. */
  static Message parse(String line) {
    String[] words = line.split(" ", 3);
    return switch (words[0]) {
      case "ready" -> new Ready();
      case "begun" -> new Begun(Integer.parseInt(words[1]));
      case "done" -> new Done(Integer.parseInt(words[1]), result(words[2].split(" ")));
      case "unreadable" -> new Unreadable(Integer.parseInt(words[1]));
      case "failed" -> new Failed(Integer.parseInt(words[1]), words[2]);
      default -> throw new IllegalArgumentException("not a line of a worker: " + line);
    };
  }

  private static Compression.Result result(String[] words) {
    return new Compression.Result(
        words[0],
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Boolean.parseBoolean(words[3]));
  }
}
