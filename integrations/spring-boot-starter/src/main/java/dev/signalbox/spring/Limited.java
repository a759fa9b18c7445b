package dev.signalbox.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls of this method of a Spring bean pass a limiter; on a class, calls of every public method
 * that it declares. What the method says wins over what the class says.
 *
 * <pre>{@code
 * @Limited(value = "payments/ledger-db", maxWait = "2s")
 * void book(@LimitKey("tenant") String tenant, Entry entry) { … }
 * }</pre>
 *
 * <p>Permits are held until the method returns or throws; where it returns a {@link
 * java.util.concurrent.CompletionStage}, until that completes. A call that is refused throws {@link
 * dev.signalbox.client.limit.LimitExceededException}, and the method does not run. The wait is the
 * calling thread's; interrupted, it throws {@link InterruptedException} where the method declares
 * it, else {@link java.util.concurrent.CancellationException} with the thread's flag set.
 *
 * <p>Only calls from outside pass through Spring's proxy: a bean that calls itself is not limited.
 * A method that cannot be limited stops the start, and so does a name or a key that no limiter has.
 * Such methods are private, static or final ones, and those that return something whose end nobody
 * hears of, such as a reactive stream or a mere {@code Future}.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Limited {
  /** The limiter's name: one that is configured, or a bean's. May be a placeholder. */
  String value();

  /**
   * How long a call may wait, such as {@code 500ms} or {@code PT2S}; as configured for the limiter
   * unless said. May be a placeholder.
   */
  String maxWait() default "";
}
