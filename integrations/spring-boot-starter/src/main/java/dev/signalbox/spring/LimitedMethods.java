package dev.signalbox.spring;

import dev.signalbox.client.limit.Limiter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodClassKey;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedMethod;

/** Reads what is annotated, and says what of it is impossible. */
final class LimitedMethods {
  private final Map<MethodClassKey, LimitedMethod> known = new ConcurrentHashMap<>();
  private final Supplier<Limiters> limiters;
  private final UnaryOperator<String> placeholders;

  /**
   * A reader.
   *
   * @param limiters asked for when the first annotation is read
   * @param placeholders replaces those in a text
   */
  LimitedMethods(Supplier<Limiters> limiters, UnaryOperator<String> placeholders) {
    this.limiters = limiters;
    this.placeholders = placeholders;
  }

  /** What an annotated method comes to. */
  LimitedMethod of(Method method, Class<?> type) {
    MethodClassKey key = new MethodClassKey(method, type);
    LimitedMethod read = known.get(key);
    if (read == null) {
      read = read(method, type);
      known.put(key, read);
    }
    return read;
  }

  /**
   * Reads every annotated method of a class.
   *
   * @throws BadSetupException if one of them is impossible
   */
  void check(Class<?> type) {
    MethodIntrospector.selectMethods(
            type, (MethodIntrospector.MetadataLookup<Limited>) m -> LimitedPointcut.find(m, type))
        .keySet()
        .forEach(method -> of(method, type));
  }

  private LimitedMethod read(Method called, Class<?> type) {
    Method method = AopUtils.getMostSpecificMethod(called, type);
    Limited limited = Objects.requireNonNull(LimitedPointcut.find(called, type));
    checkReach(method);
    String name = placeholders.apply(limited.value());
    LimiterEntry entry =
        limiters
            .get()
            .find(name)
            .orElseThrow(() ->
                new BadSetupException(
                    at(method) + limiters.get().complaintAbout(name), Limiters.remedyFor(name)));
    return new LimitedMethod(entry.limiter(), maxWait(method, limited, entry), keys(method, entry));
  }

  private static void checkReach(Method method) {
    int modifiers = method.getModifiers();
    boolean outOfReach =
        Modifier.isPrivate(modifiers)
            || Modifier.isStatic(modifiers)
            || Modifier.isFinal(modifiers);
    require(!outOfReach, method, "a private, static or final method cannot be limited");
    require(
        !KotlinDetector.isSuspendingFunction(method),
        method,
        "a suspending function cannot be limited");
    LateReturns.unheardOf(method)
        .ifPresent(type ->
            require(
                false,
                method,
                "returns a "
                    + type
                    + ", of which nobody hears when the call has ended;"
                    + " a CompletionStage can be limited"));
  }

  private Duration maxWait(Method method, Limited limited, LimiterEntry entry) {
    String text = placeholders.apply(limited.maxWait());
    if (text.isEmpty()) {
      return entry.maxWait();
    }
    Duration wait;
    try {
      wait = DurationStyle.detectAndParse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(method, "maxWait must be a duration such as 2s, not '" + text + "'");
    }
    require(
        !wait.isNegative() && wait.compareTo(Limiter.LONGEST_WAIT) <= 0,
        method,
        "maxWait must be 0 to 365 days, not " + text);
    return wait;
  }

  private static Map<Integer, String> keys(Method method, LimiterEntry entry) {
    Map<Integer, String> keys = new TreeMap<>();
    for (MethodParameter parameter : new AnnotatedMethod(method).getMethodParameters()) {
      LimitKey key = parameter.getParameterAnnotation(LimitKey.class);
      if (key != null) {
        keys.put(parameter.getParameterIndex(), key.value());
      }
    }
    Set<String> given = new TreeSet<>(keys.values());
    require(given.size() == keys.size(), method, "two parameters are the same @LimitKey");
    entry
        .complaintAbout(given)
        .ifPresent(complaint -> require(false, method, complaint + " by @LimitKey"));
    return keys;
  }

  private static void require(boolean right, Method method, String why) {
    if (!right) {
      throw wrong(method, why);
    }
  }

  private static BadSetupException wrong(Method method, String why) {
    return new BadSetupException(at(method) + why, "Change the method or its annotation.");
  }

  private static String at(Method method) {
    return "@Limited on " + method.getDeclaringClass().getName() + "." + method.getName() + ": ";
  }
}
