package dev.signalbox.spring;

import dev.signalbox.client.limit.LimitExceededException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers requests whose handler was refused by a limiter. After the application's own handlers of
 * exceptions, so that these win.
 */
final class LimitExceededResolver implements HandlerExceptionResolver, Ordered {
  private static final int AFTER_THE_APPLICATIONS_OWN = 100;

  @Override
  public int getOrder() {
    return AFTER_THE_APPLICATIONS_OWN;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception exception) {
    if (!(exception instanceof LimitExceededException refused) || response.isCommitted()) {
      return null;
    }
    try {
      RefusedResponse.send(response, refused.refusal());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ModelAndView();
  }
}
