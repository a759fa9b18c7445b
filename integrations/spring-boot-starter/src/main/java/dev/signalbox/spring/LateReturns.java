package dev.signalbox.spring;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.springframework.core.ResolvableType;

/** Returned objects that stand for work which goes on, or only begins, after the return. */
final class LateReturns {
  /** By name, as most of them need not be there. */
  private static final Set<String> TYPES =
      Set.of(
          "java.util.concurrent.Future",
          "java.util.concurrent.Callable",
          "java.util.concurrent.Flow$Publisher",
          "org.reactivestreams.Publisher",
          "io.reactivex.rxjava3.core.Completable",
          "io.reactivex.rxjava3.core.Maybe",
          "io.reactivex.rxjava3.core.Observable",
          "io.reactivex.rxjava3.core.Single",
          "kotlinx.coroutines.flow.Flow",
          "org.springframework.web.context.request.async.DeferredResult",
          "org.springframework.web.context.request.async.WebAsyncTask",
          "org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter",
          "org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody");

  private static final String HTTP_ENTITY = "org.springframework.http.HttpEntity";

  private LateReturns() {}

  /** What a method returns, where nobody can be told when that work has ended. */
  static Optional<String> unheardOf(Method method) {
    ResolvableType returned = ResolvableType.forMethodReturnType(method);
    return namesOf(returned.toClass()).anyMatch(HTTP_ENTITY::equals)
        ? unheardOf(returned.getGeneric(0).toClass())
        : unheardOf(returned.toClass());
  }

  private static Optional<String> unheardOf(Class<?> type) {
    return !CompletionStage.class.isAssignableFrom(type) && namesOf(type).anyMatch(TYPES::contains)
        ? Optional.of(type.getSimpleName())
        : Optional.empty();
  }

  /** The type, and everything that it is as well. */
  private static Stream<String> namesOf(Class<?> type) {
    Stream<Class<?>> parents =
        Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()));
    return Stream.concat(Stream.of(type.getName()), parents.flatMap(LateReturns::namesOf));
  }
}
