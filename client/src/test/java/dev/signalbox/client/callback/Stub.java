package dev.signalbox.client.callback;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Stands in for an interface of which a test needs a method or two. */
final class Stub {
  private Stub() {}

  /**
   * Answers the methods that {@code part} has too, and no others; equal to itself alone.
   *
   * @param part a public class's, with public methods of the same names and parameters
   */
  @SuppressWarnings("ReferenceEquality")
  static <T> T of(Class<T> type, Object part) {
    Object stub =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.getName().equals("equals")
                    ? self == arguments[0]
                    : answer(part, method, arguments));
    return type.cast(stub);
  }

  private static Object answer(Object part, Method method, Object[] arguments) throws Throwable {
    try {
      return part.getClass()
          .getMethod(method.getName(), method.getParameterTypes())
          .invoke(part, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
