package dev.signalbox.spring;

import dev.signalbox.client.ClientState;
import dev.signalbox.client.Semaphores;
import dev.signalbox.client.SessionListener;
import dev.signalbox.client.SignalboxClient;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client that is in the state in which it was put, and does nothing else. */
final class FakeClient {
  final List<SessionListener> listeners = new CopyOnWriteArrayList<>();
  volatile ClientState state = ClientState.CONNECTING;

  @SuppressWarnings("ReferenceEquality")
  SignalboxClient client() {
    return (SignalboxClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {SignalboxClient.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "state" -> state;
                  case "addListener" -> listeners.add((SessionListener) arguments[0]);
                  case "semaphores" -> nothing(Semaphores.class);
                  case "close" -> {
                    state = ClientState.CLOSED;
                    yield null;
                  }
                  case "hashCode" -> 1;
                  case "equals" -> proxy == arguments[0];
                  case "toString" -> "a fake client";
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Object nothing(Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          throw new UnsupportedOperationException(method.getName());
        });
  }
}
