package io.mestral.routing.request.open;

import io.mestral.model.mqtt.Receipt;
import io.mestral.routing.request.Asking;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Graph;
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
 * What gateways answer at once or not at all. AliveRequests that are passed on have five seconds
 * (Smart API, section 2.17).
 */
public final class Probes implements Asking {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST = 10_000;

  private final GatewayLink link;
  private final Supplier<Iri> self;
  private final Vertx vertx;
  private final Clock clock;
  private final Map<Iri, Asked> waiting = new ConcurrentHashMap<>();

  private record Asked(String gateway, Promise<Message> answer) {}

  /** Over this way to gateways. */
  public Probes(GatewayLink link, Supplier<Iri> self, Vertx vertx, Clock clock) {
    this.self = self;
    this.clock = clock;
    this.link = link;
    this.vertx = vertx;
  }

  @Override
  public Future<Message> passOn(String gateway, Received received) {
    Received probe = PassedOn.of(received, self.get());
    return ask(gateway, probe.original(), probe.message().iri().orElseThrow(), PATIENCE);
  }

  @Override
  public Future<Message> ask(String gateway, Request question, Duration patience) {
    return ask(gateway, question.graph(), question.iri().orElseThrow(), patience);
  }

  private Future<Message> ask(String gateway, Graph question, Iri name, Duration patience) {
    if (!link.isHere(gateway)) return Future.failedFuture(unreachable(gateway, name));
    if (waiting.size() >= MOST)
      return Future.failedFuture(
          new SmartApiException(
              ErrorType.SERVER_ERROR, "As many probes wait here as may: " + MOST + ".", name));
    Asked asked = new Asked(gateway, Promise.promise());
    if (waiting.putIfAbsent(name, asked) != null)
      return Future.failedFuture(
          new SmartApiException(
              ErrorType.CONFLICT_ERROR,
              "Another probe was sent under " + name + " and isn't answered yet.",
              name));
    long timer =
        vertx.setTimer(
            patience.toMillis(), late -> asked.answer().tryFail(silent(gateway, name, patience)));
    link.send(
        gateway,
        new GatewayLink.Asked(question, name, "probe", clock.instant().plus(patience)),
        patience,
        receipt(asked, unreachable(gateway, name)));
    return asked
        .answer()
        .future()
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              waiting.remove(name, asked);
            });
  }

  private static SmartApiException silent(String gateway, Iri name, Duration patience) {
    return new SmartApiException(
        ErrorType.TIMEOUT_ERROR,
        "The gateway %s didn't answer within %d ms.".formatted(gateway, patience.toMillis()),
        name);
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

  private static SmartApiException unreachable(String gateway, Iri name) {
    return new SmartApiException(
        ErrorType.UNREACHABLE_ERROR,
        "The gateway " + gateway + " isn't here, or fell silent.",
        name);
  }

  @Override
  public boolean heard(String gateway, Message message) {
    Asked asked = message.inReplyTo().map(waiting::get).orElse(null);
    if (asked == null || !asked.gateway().equals(gateway)) return false;
    asked.answer().tryComplete(message);
    return true;
  }
}
