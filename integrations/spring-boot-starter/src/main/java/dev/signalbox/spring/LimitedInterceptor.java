package dev.signalbox.spring;

import dev.signalbox.client.limit.Admission;
import java.lang.reflect.Method;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/** Lets calls of limited methods in, and gives back what they hold when they have ended. */
final class LimitedInterceptor implements MethodInterceptor {
  private final LimitedMethods methods;

  LimitedInterceptor(LimitedMethods methods) {
    this.methods = methods;
  }

  @Override
  public @Nullable Object invoke(MethodInvocation call) throws Throwable {
    Admission admission = enter(call);
    boolean goesOn = false;
    try {
      Object result = call.proceed();
      if (result instanceof CompletionStage<?> stage) {
        var unused = stage.whenComplete((value, failure) -> admission.close());
        goesOn = true;
      }
      return result;
    } finally {
      if (!goesOn) {
        admission.close();
      }
    }
  }

  private Admission enter(MethodInvocation call) throws InterruptedException {
    LimitedMethod limited = methods.of(call.getMethod(), typeOf(call));
    try {
      return limited.limiter().enter(limited.keysOf(call.getArguments()), limited.maxWait());
    } catch (InterruptedException e) {
      if (declaresInterrupts(call.getMethod())) {
        throw e;
      }
      Thread.currentThread().interrupt();
      throw interrupted(limited, e);
    }
  }

  private static Class<?> typeOf(MethodInvocation call) {
    Object target = call.getThis();
    return target == null ? call.getMethod().getDeclaringClass() : AopUtils.getTargetClass(target);
  }

  private static boolean declaresInterrupts(Method method) {
    return Stream.of(method.getExceptionTypes())
        .anyMatch(type -> type.isAssignableFrom(InterruptedException.class));
  }

  private static CancellationException interrupted(LimitedMethod limited, InterruptedException e) {
    CancellationException exception =
        new CancellationException(
            "interrupted while waiting for limiter '" + limited.limiter().name() + "'");
    exception.initCause(e);
    return exception;
  }
}
