package dev.signalbox.systemtests.docker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks tests that need a Docker engine and the server's image.
 *
 * <p>{@code -Ddocker.tests=required} fails them where either is missing, {@code auto} skips them
 * loudly, {@code off} skips them without looking. The default is {@code required} where the
 * environment says {@code CI=true}, else {@code auto}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(DockerCondition.class)
@interface RequiresDocker {
  /** Images that are needed beside the server's. */
  String[] images() default {};
}
