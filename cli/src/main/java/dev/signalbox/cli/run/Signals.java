package dev.signalbox.cli.run;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Signals of the operating system, taken and sent. Java takes them by a class that is supported and
 * yet not to be named without a warning, so it is found by its name.
 */
final class Signals {
  private static final String TAKER = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";

  private Signals() {}

  /** Has the handler called with the signal's number; nothing if this system has no such signal. */
  static void handle(String name, IntConsumer handler) {
    try {
      Class<?> taker = Class.forName(TAKER);
      Class<?> handlerType = Class.forName(HANDLER);
      Object signal = taker.getConstructor(String.class).newInstance(name);
      int number = (Integer) taker.getMethod("getNumber").invoke(signal);
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  handler.accept(number);
                }
                return null;
              });
      taker.getMethod("handle", taker, handlerType).invoke(null, signal, proxy);
    } catch (InvocationTargetException e) {
      // There is no such signal here, or Java needs it for itself.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java takes no signals", e);
    }
  }

  /** Sends a signal to a process. */
  static void send(String name, long pid) {
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(pid))
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
  }
}
