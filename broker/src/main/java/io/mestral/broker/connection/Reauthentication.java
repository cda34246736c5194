package io.mestral.broker.connection;

import io.mestral.broker.wire.Packet.Auth;
import io.mestral.broker.wire.ReasonCode;
import io.mestral.model.access.AuthenticationExchange.Challenge;
import io.mestral.model.access.AuthenticationExchange.Done;
import io.mestral.model.access.AuthenticationExchange.Step;
import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a client prove again who it is, while its messages go on (MQTT 5, 4.12.1). It has to be the
 * same as before: what it may do, and whose session it has, was decided when it came.
 */
final class Reauthentication {
  private static final Logger LOG = LoggerFactory.getLogger(Reauthentication.class);

  private final Link link;
  private final Supplier<Optional<Inquiry>> inquiries;
  private Optional<Inquiry> open = Optional.empty();
  private Optional<Future<?>> patience = Optional.empty();
  private boolean asked;

  /** The inquiries are those of the method that CONNECT named. */
  Reauthentication(Link link, Supplier<Optional<Inquiry>> inquiries) {
    this.link = link;
    this.inquiries = inquiries;
  }

  /** The connection is gone. */
  void stop() {
    patience.ifPresent(timer -> timer.cancel(false));
  }

  void onAuth(Auth packet) {
    boolean first = packet.reason() == ReasonCode.REAUTHENTICATE;
    if (first ? open.isPresent() : !asked) {
      protocolError("AUTH out of turn"); // MQTT-4.12.0-3
      return;
    }
    if (first) open = inquiries.get();
    if (open.isEmpty() || !open.get().fits(packet)) {
      protocolError("not the authentication method of CONNECT"); // MQTT-4.12.0-7, 4.12.1-1
      return;
    }
    if (first) limitTime();
    asked = false;
    open.get()
        .next(packet.data())
        .onComplete(done -> link.loop().courier().run(() -> onStep(open.get(), done)));
  }

  private void limitTime() {
    Future<?> timer =
        link.socket()
            .later(link.services().options().limits().connectTimeout(), () -> refuse("too late"));
    patience = Optional.of(timer);
  }

  private void onStep(Inquiry inquiry, AsyncResult<Step> done) {
    if (link.disconnector().hasEnded()) return;
    if (done.failed()) {
      if (Refusal.of(done.cause()) == Refusal.INTERNAL)
        LOG.warn("a client could not be checked again", done.cause());
      refuse("");
    } else if (done.result() instanceof Challenge challenge) {
      asked = true;
      answer(inquiry, ReasonCode.CONTINUE_AUTHENTICATION, challenge.data());
    } else if (done.result() instanceof Done end) {
      finish(inquiry, end);
    }
  }

  private void finish(Inquiry inquiry, Done end) {
    open = Optional.empty();
    stop();
    Principal before = link.client().principal();
    if (end.principal().equals(before)) accept(inquiry, end);
    else refuse("not who you were");
  }

  private void accept(Inquiry inquiry, Done end) {
    link.services().metrics().provedAgain(true);
    answer(inquiry, ReasonCode.SUCCESS, end.data());
  }

  private void answer(Inquiry inquiry, int reason, Buffer data) {
    ByteBuf auth = link.client().frames().auth(reason, inquiry.properties(data));
    link.answer(auth);
  }

  private void refuse(String words) { // MQTT-4.12.1-2
    link.services().metrics().provedAgain(false);
    link.disconnector().end(Ending.notProved(words));
  }

  private void protocolError(String words) {
    link.disconnector().end(Ending.violation(Refusal.PROTOCOL_ERROR.mqttReason(), words));
  }
}
