package dev.signalbox.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.signalbox.client.internal.AnswerReader;
import dev.signalbox.client.internal.GrantId;
import dev.signalbox.client.internal.Session;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.client.internal.StreamCall;
import dev.signalbox.v1.GiveBack;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItem;
import dev.signalbox.v1.Request;
import org.jspecify.annotations.Nullable;

/** Gives the whole of one permit back. Most releases are this, so it makes no messages. */
final class GiveBackCall extends StreamCall<ReleaseResult> {
  /** A request that ends with the id of a grant. */
  private static final byte[] REQUEST = request(ByteString.copyFrom(new byte[GrantId.BYTES]));

  private final LinkedPermit permit;

  GiveBackCall(SessionLink link, LinkedPermit permit) {
    super(link);
    this.permit = permit;
  }

  private static byte[] request(ByteString grantId) {
    ReleaseItem.Builder item =
        ReleaseItem.newBuilder().setGiveBack(GiveBack.newBuilder().setGrantId(grantId));
    return Request.newBuilder()
        .setRelease(Release.newBuilder().addItems(item))
        .build()
        .toByteArray();
  }

  @Override
  protected boolean isFree() {
    return true;
  }

  @Override
  protected boolean givesBack() {
    return true;
  }

  @Override
  protected @Nullable ByteString encode(Session session) {
    if (permit.isVoidIn(session, false)) {
      permit.forgetIn(session);
      return null;
    }
    return encode(permit.grantId());
  }

  private static ByteString encode(GrantId id) {
    byte[] request = REQUEST.clone();
    id.putInto(request, request.length - GrantId.BYTES);
    return UnsafeByteOperations.unsafeWrap(request);
  }

  @Override
  protected ReleaseResult settleHere() {
    return permit.voidResult();
  }

  @Override
  protected ReleaseResult read(AnswerReader answer, Session session) {
    session.gaveBack(permit);
    return answer.isPlainRelease()
        ? Wire.released(answer.previousCount())
        : Wire.result(answer.message().getRelease().getItems(0));
  }
}
