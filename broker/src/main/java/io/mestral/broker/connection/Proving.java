package io.mestral.broker.connection;

import io.mestral.broker.wire.Frames;
import io.mestral.broker.wire.Packet;
import io.mestral.broker.wire.Packet.Auth;
import io.mestral.broker.wire.Packet.Wish;
import io.mestral.broker.wire.ProtocolVersion;
import io.mestral.broker.wire.ReasonCode;
import io.mestral.model.access.AuthenticationExchange.Challenge;
import io.mestral.model.access.AuthenticationExchange.Done;
import io.mestral.model.access.AuthenticationExchange.Step;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.netty.buffer.ByteBuf;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * A client that wants to be let in proves who it is in several steps (MQTT 5, 4.12). The socket is
 * read only while it is the client's turn.
 */
final class Proving {
  private final MqttSocket socket;
  private final Loop loop;
  private final Inquiry inquiry;
  private final Wish wish;
  private final Promise<Done> outcome = Promise.promise();

  Proving(MqttSocket socket, Loop loop, Inquiry inquiry, Wish wish) {
    this.socket = socket;
    this.loop = loop;
    this.inquiry = inquiry;
    this.wish = wish;
  }

  /** Begins with what CONNECT said; succeeds or fails on the connection's event loop. */
  Future<Done> begin() {
    take(wish.authenticationData());
    return outcome.future();
  }

  /** Anything but the answer that was asked for breaks it off (MQTT-3.1.2-30, 4.12.0-3). */
  void onPacket(Packet packet) {
    boolean fits =
        packet instanceof Auth auth
            && auth.reason() == ReasonCode.CONTINUE_AUTHENTICATION
            && inquiry.fits(auth);
    if (fits) take(((Auth) packet).data());
    else refuse(Refusal.PROTOCOL_ERROR, "not the AUTH that was asked for");
  }

  private void take(Optional<Buffer> data) {
    socket.pause(MqttSocket.Pause.HANDSHAKE);
    inquiry.next(data).onComplete(done -> loop.courier().run(() -> onStep(done)));
  }

  private void onStep(AsyncResult<Step> done) {
    if (done.failed()) outcome.tryFail(done.cause());
    else if (done.result() instanceof Done end) outcome.tryComplete(end);
    else if (done.result() instanceof Challenge challenge) ask(challenge.data());
  }

  private void ask(Buffer data) {
    Frames frames = new Frames(socket.memory(), ProtocolVersion.V5);
    ByteBuf auth = frames.auth(ReasonCode.CONTINUE_AUTHENTICATION, inquiry.properties(data));
    if (auth.readableBytes() > wish.maximumPacketSize()) {
      auth.release();
      refuse(Refusal.TOO_LARGE, "the question is more than you take");
      return;
    }
    socket.write(auth);
    socket.resume(MqttSocket.Pause.HANDSHAKE);
  }

  private void refuse(Refusal why, String words) {
    outcome.tryFail(new RefusedException(why, words));
  }
}
