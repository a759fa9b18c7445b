package dev.signalbox.cli;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.function.Supplier;

/** Where results and troubles go: for people, or as one JSON object a line. */
final class Output {
  private final PrintWriter out;
  private final PrintWriter err;
  private boolean json;

  Output(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  void setJson(boolean chosen) {
    json = chosen;
  }

  boolean isJson() {
    return json;
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  /** One result, in the form that was chosen; of people's, nothing is printed if it is empty. */
  void print(Supplier<String> forPeople, Supplier<JsonObject> forPrograms) {
    String text = json ? forPrograms.get().toString() : forPeople.get();
    if (!text.isEmpty()) {
      out.println(text);
      out.flush();
    }
  }

  /** One line about what goes on or went wrong. */
  void say(String message) {
    err.println("signalbox: " + message);
    err.flush();
  }
}
