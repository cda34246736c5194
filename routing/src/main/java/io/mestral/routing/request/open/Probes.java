package io.mestral.routing.request.open;

import io.mestral.model.mqtt.Receipt;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Iri;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * AliveRequests that were passed on to gateways: answered within five seconds or not at all, and
 * never queued (Smart API, section 2.17).
 */
final class Probes {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST = 10_000;

  private final GatewayLink link;
  private final Supplier<Iri> self;
  private final Vertx vertx;
  private final Clock clock;
  private final Map<Iri, Asked> waiting = new ConcurrentHashMap<>();

  private record Asked(String gateway, Promise<Message> answer) {}

  /** Over this way to gateways. */
  Probes(GatewayLink link, Supplier<Iri> self, Vertx vertx, Clock clock) {
    this.self = self;
    this.clock = clock;
    this.link = link;
    this.vertx = vertx;
  }

  /**
   * Asks a gateway whether it is alive, or somebody behind it. Succeeds with what it answers. Fails
   * with UnreachableError when it isn't there, TimeoutError when it is silent.
   *
   * @param received the probe as it came
   */
  Future<Message> ask(String gateway, Received received) {
    Received probe = PassedOn.of(received, self.get());
    Iri name = probe.message().iri().orElseThrow();
    if (!link.isHere(gateway)) return Future.failedFuture(unreachable(gateway, probe));
    if (waiting.size() >= MOST)
      return Future.failedFuture(
          new SmartApiException(
              ErrorType.SERVER_ERROR,
              "As many probes wait here as may: " + MOST + ".",
              probe.message().node()));
    Asked asked = new Asked(gateway, Promise.promise());
    if (waiting.putIfAbsent(name, asked) != null)
      return Future.failedFuture(
          new SmartApiException(
              ErrorType.CONFLICT_ERROR,
              "Another probe was sent under " + name + " and isn't answered yet.",
              name));
    long timer =
        vertx.setTimer(
            PATIENCE.toMillis(),
            late ->
                asked
                    .answer()
                    .tryFail(
                        new SmartApiException(
                            ErrorType.TIMEOUT_ERROR,
                            "The gateway "
                                + gateway
                                + " didn't answer within "
                                + PATIENCE.toSeconds()
                                + " s.",
                            probe.message().node())));
    link.send(
        gateway,
        new GatewayLink.Asked(probe.original(), name, "probe", clock.instant().plus(PATIENCE)),
        PATIENCE,
        receipt(asked, unreachable(gateway, probe)));
    return asked
        .answer()
        .future()
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              waiting.remove(name, asked);
            });
  }

  private static Receipt receipt(Asked asked, SmartApiException gone) {
    return new Receipt() {
      @Override
      public void handedOver(boolean isKept) {
        // its answer counts
      }

      @Override
      public void acknowledged() {
        // its answer counts
      }

      @Override
      public void refused() {
        asked.answer().tryFail(gone);
      }

      @Override
      public void lost() {
        asked.answer().tryFail(gone);
      }
    };
  }

  private static SmartApiException unreachable(String gateway, Received probe) {
    return new SmartApiException(
        ErrorType.UNREACHABLE_ERROR,
        "The gateway " + gateway + " isn't here, or fell silent.",
        probe.message().node());
  }

  /** What a gateway says; whether that answers a probe. */
  boolean heard(String gateway, Message message) {
    Asked asked = message.inReplyTo().map(waiting::get).orElse(null);
    if (asked == null || !asked.gateway().equals(gateway)) return false;
    asked.answer().tryComplete(message);
    return true;
  }
}
