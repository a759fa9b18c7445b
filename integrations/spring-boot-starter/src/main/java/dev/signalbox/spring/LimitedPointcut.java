package dev.signalbox.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/** The methods for which a {@link Limited} speaks: their own, or that of their class. */
final class LimitedPointcut extends StaticMethodMatcherPointcut {
  @Override
  public ClassFilter getClassFilter() {
    return type -> AnnotationUtils.isCandidateClass(type, Limited.class);
  }

  @Override
  public boolean matches(Method method, Class<?> targetClass) {
    return find(method, targetClass) != null;
  }

  /** The annotation that speaks for a method, if one does. */
  static @Nullable Limited find(Method method, Class<?> targetClass) {
    Method actual = AopUtils.getMostSpecificMethod(method, targetClass);
    Limited own = AnnotatedElementUtils.findMergedAnnotation(actual, Limited.class);
    return own == null && canBeMeantByItsClass(actual)
        ? AnnotatedElementUtils.findMergedAnnotation(actual.getDeclaringClass(), Limited.class)
        : own;
  }

  private static boolean canBeMeantByItsClass(Method method) {
    int modifiers = method.getModifiers();
    return Modifier.isPublic(modifiers) && !Modifier.isStatic(modifiers) && !method.isSynthetic();
  }
}
