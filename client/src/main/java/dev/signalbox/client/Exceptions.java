package dev.signalbox.client;

import dev.signalbox.client.SignalboxException.AlreadyExists;
import dev.signalbox.client.SignalboxException.ClientClosed;
import dev.signalbox.client.SignalboxException.Conclusion;
import dev.signalbox.client.SignalboxException.InUse;
import dev.signalbox.client.SignalboxException.InvalidArgument;
import dev.signalbox.client.SignalboxException.NotFound;
import dev.signalbox.client.SignalboxException.NotHeld;
import dev.signalbox.client.SignalboxException.QuotaExceeded;
import dev.signalbox.client.SignalboxException.Refused;
import dev.signalbox.client.SignalboxException.SessionLost;
import dev.signalbox.client.SignalboxException.TooManyPosts;
import dev.signalbox.client.SignalboxException.Unavailable;
import dev.signalbox.client.SignalboxException.WrongKind;
import dev.signalbox.client.internal.Failure;

/** The one place that turns what the service says into what callers catch. */
final class Exceptions {
  private Exceptions() {}

  static SignalboxException of(Failure failure) {
    String message = failure.message();
    return switch (failure.reason()) {
      case "INVALID_FIELD" -> new InvalidArgument(failure.detail("field"), failure.detail("why"));
      case "SEMAPHORE_NOT_FOUND" -> new NotFound(message);
      case "SEMAPHORE_EXISTS" -> new AlreadyExists(message);
      case "WRONG_KIND" -> new WrongKind(message);
      case "SEMAPHORE_IN_USE" -> new InUse(message);
      case "TOO_MANY_POSTS" -> new TooManyPosts(message, item(failure));
      case "NOT_HELD_BY_SESSION" -> new NotHeld(message, item(failure));
      case Failure.SESSION_LOST -> new SessionLost(message, conclusion(failure));
      case "QUOTA_EXCEEDED" -> new QuotaExceeded(message, failure.detail("quota"));
      case Failure.UNAVAILABLE, "NOT_LEADER", "GOING_AWAY" ->
          new Unavailable(message, conclusion(failure));
      case Failure.CLIENT_CLOSED -> new ClientClosed(conclusion(failure));
      case "REQUEST_FORGOTTEN" -> new Refused(failure.reason(), message, Conclusion.UNKNOWN);
      default -> new Refused(failure.reason(), message, conclusion(failure));
    };
  }

  private static Conclusion conclusion(Failure failure) {
    return failure.uncertain() ? Conclusion.UNKNOWN : Conclusion.NOT_DONE;
  }

  private static int item(Failure failure) {
    String item = failure.detail("item");
    return item.matches("[0-9]{1,6}") ? Integer.parseInt(item) : 0;
  }
}
