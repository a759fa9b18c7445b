package dev.signalbox.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The argument is the value of a key of the method's {@linkplain Limited limiter}, by its {@code
 * toString}. All calls with null share the empty one.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface LimitKey {
  /** The key: what stands in braces in the names of the limiter's semaphores. */
  String value();
}
