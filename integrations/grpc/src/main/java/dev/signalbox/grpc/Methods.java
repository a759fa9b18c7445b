package dev.signalbox.grpc;

import io.grpc.MethodDescriptor;
import java.util.Set;
import java.util.function.Predicate;

/** Which methods a limiter is for; any other predicate does as well. */
public final class Methods {
  private Methods() {}

  /**
   * The methods of these full names.
   *
   * @param names such as {@code ledger.v1.Ledger/Book}
   * @throws IllegalArgumentException if one is not a service and a method with a slash between
   */
  public static Predicate<MethodDescriptor<?, ?>> named(String... names) {
    for (String name : names) {
      if (MethodDescriptor.extractFullServiceName(name) == null) {
        throw new IllegalArgumentException("names: must be service/method, not '" + name + "'");
      }
    }
    Set<String> all = Set.of(names);
    return method -> all.contains(method.getFullMethodName());
  }

  /**
   * All methods of these services.
   *
   * @param names such as {@code ledger.v1.Ledger}
   */
  public static Predicate<MethodDescriptor<?, ?>> ofService(String... names) {
    Set<String> all = Set.of(names);
    return method -> {
      String service = method.getServiceName();
      return service != null && all.contains(service);
    };
  }
}
