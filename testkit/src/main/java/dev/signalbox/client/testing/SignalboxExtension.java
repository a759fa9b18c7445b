package dev.signalbox.client.testing;

import dev.signalbox.client.SignalboxClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives JUnit tests a {@link TestSignalbox} and {@link SignalboxClient}s of it as parameters, and
 * closes them after the test. Each parameter of the type of a client is one of its own, as good as
 * another process. A box that a {@code @BeforeAll} method asked for is the whole class's.
 *
 * <pre>{@code
 * @ExtendWith(SignalboxExtension.class)
 * class LedgerTest {
 *   @Test
 *   void import_runsAlone(TestSignalbox box, SignalboxClient one, SignalboxClient other) { … }
 * }
 * }</pre>
 *
 * <p>The only class of the kit that needs JUnit, which the kit does not bring.
 */
public final class SignalboxExtension
    implements ParameterResolver, AfterEachCallback, AfterAllCallback {
  private static final Namespace NAMESPACE = Namespace.create(SignalboxExtension.class);

  /** For {@code @ExtendWith}. */
  public SignalboxExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestSignalbox.class || type == SignalboxClient.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    TestSignalbox box = box(test.getStore(NAMESPACE));
    return parameter.getParameter().getType() == TestSignalbox.class ? box : box.client();
  }

  private static TestSignalbox box(Store store) {
    TestSignalbox started = store.get(TestSignalbox.class, TestSignalbox.class);
    if (started == null) {
      started = TestSignalbox.start();
      store.put(TestSignalbox.class, started);
    }
    return started;
  }

  @Override
  public void afterEach(ExtensionContext test) {
    closeOwn(test);
  }

  @Override
  public void afterAll(ExtensionContext container) {
    closeOwn(container);
  }

  private static void closeOwn(ExtensionContext context) {
    @Nullable TestSignalbox own =
        context.getStore(NAMESPACE).remove(TestSignalbox.class, TestSignalbox.class);
    if (own != null) {
      own.close();
    }
  }
}
