package dev.signalbox.client;

import com.google.protobuf.ByteString;
import dev.signalbox.client.internal.AcquiringCall;
import dev.signalbox.client.internal.AnswerReader;
import dev.signalbox.client.internal.GrantId;
import dev.signalbox.client.internal.Session;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.v1.AcquireResult;
import dev.signalbox.v1.Drain;
import dev.signalbox.v1.Grant;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call that may bring a permit. One that nobody took is given back (A7). */
abstract class AcquireCall<T> extends AcquiringCall<T> {
  private final SessionLink link;
  private final Wanted wanted;
  private @Nullable Permit permit;

  AcquireCall(SessionLink link, Wanted wanted) {
    super(link);
    this.link = link;
    this.wanted = wanted;
  }

  /** An acquire that waits for ever: it ends with a permit. */
  static AcquireCall<Permit> untilGranted(SessionLink link, Wanted wanted) {
    return new Plain<>(
        link, wanted, granted -> granted.orElseThrow(() -> new CancellationException("cancelled")));
  }

  /** An acquire that may end without a permit. */
  static AcquireCall<Optional<Permit>> ifGranted(SessionLink link, Wanted wanted) {
    return new Plain<>(link, wanted, granted -> granted);
  }

  /** An acquire of what is not held, so that nothing but its coming is of interest. */
  static AcquireCall<Boolean> whetherGranted(SessionLink link, Wanted wanted) {
    return new Plain<>(link, wanted, Optional::isPresent);
  }

  /** Takes whatever there is (O7). */
  static AcquireCall<Optional<Permit>> drain(SessionLink link, Wanted wanted) {
    return new Draining(link, wanted);
  }

  /** The result as its caller wants it. */
  abstract T shape(Optional<Permit> granted, AcquireResult result, Session session);

  Wanted wanted() {
    return wanted;
  }

  @Override
  protected T read(AnswerReader answer, Session session) {
    Granted plain = wanted.plain();
    if (plain == null || !plain.isIn(answer)) {
      return read(answer.message(), session);
    }
    permit = LinkedPermit.granted(link, session, answer.grantId(), plain, answer.grantedAtMicros());
    return shape(Optional.of(permit), AcquireResult.getDefaultInstance(), session);
  }

  @Override
  protected T read(Reply reply, Session session) {
    AcquireResult result = reply.getAcquire();
    if (result.hasGrant()) {
      Grant grant = result.getGrant();
      GrantId id = GrantId.of(grant.getId());
      Granted granted = Granted.of(grant, wanted.names());
      permit = LinkedPermit.granted(link, session, id, granted, grant.getGrantedAtMicros());
    }
    return shape(Optional.ofNullable(permit), result, session);
  }

  @Override
  protected void undo(T answer) {
    if (permit != null) {
      permit.close();
    }
  }

  @Override
  protected boolean maySurviveSession() {
    return wanted.uses();
  }

  private static final class Plain<T> extends AcquireCall<T> {
    private final Function<Optional<Permit>, T> shape;

    Plain(SessionLink link, Wanted wanted, Function<Optional<Permit>, T> shape) {
      super(link, wanted);
      this.shape = shape;
    }

    /** The same for all acquires of the same, so it is encoded once. */
    @Override
    protected ByteString encode(Session session) {
      return wanted().operation();
    }

    @Override
    protected boolean write(Request.Builder to, Session session) {
      to.setAcquire(wanted().message());
      return true;
    }

    @Override
    T shape(Optional<Permit> granted, AcquireResult result, Session session) {
      return shape.apply(granted);
    }
  }

  private static final class Draining extends AcquireCall<Optional<Permit>> {
    Draining(SessionLink link, Wanted wanted) {
      super(link, wanted);
    }

    @Override
    protected boolean write(Request.Builder to, Session session) {
      to.setDrain(Drain.newBuilder().setSemaphore(wanted().names().get(0)));
      return true;
    }

    @Override
    Optional<Permit> shape(Optional<Permit> granted, AcquireResult result, Session session) {
      return granted;
    }
  }
}
