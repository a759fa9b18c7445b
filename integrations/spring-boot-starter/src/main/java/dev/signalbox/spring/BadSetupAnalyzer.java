package dev.signalbox.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints a {@link BadSetupException} instead of a stack trace. */
final class BadSetupAnalyzer extends AbstractFailureAnalyzer<BadSetupException> {
  @Override
  protected FailureAnalysis analyze(Throwable root, BadSetupException cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.remedy(), cause);
  }
}
