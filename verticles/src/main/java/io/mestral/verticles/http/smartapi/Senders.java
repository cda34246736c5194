package io.mestral.verticles.http.smartapi;

import io.mestral.model.access.Principal;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.Incoming;
import io.mestral.routing.request.Purpose;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.Viewer;
import io.mestral.verticles.smartrequest.Askers;
import io.mestral.verticles.smartrequest.outgoing.BlankHost;
import io.vertx.core.Future;
import java.util.Optional;

/** Whose a message is that came over HTTP or what was made of it. */
public record Senders(Askers askers) {
  /**
   * The message with its sender. Fails with 401 if whoever showed credentials isn't known any more.
   *
   * @param received as it was read
   */
  public Future<Incoming> incoming(Received received, Viewer viewer, Purpose purpose, Way way) {
    boolean announces = purpose == Purpose.REGISTER || !(received.message() instanceof Request);
    Received placed = announces ? BlankHost.filled(received, way.address()) : received;
    Optional<String> gateway =
        received.message() instanceof Request
            ? Optional.empty()
            : viewer.gateway().map(Principal.Gateway::called);
    return asker(viewer, received.message())
        .map(asker -> new Incoming(placed, asker, purpose, gateway, way.isConfidential()));
  }

  /**
   * How a message came.
   *
   * @param isConfidential whether nobody else could read it on its way
   * @param address from where
   */
  public record Way(boolean isConfidential, String address) {}

  /** A gateway's Requests are its own; what it tells it tells in the name of its owner. */
  private Future<Asker> asker(Viewer viewer, Message message) {
    Optional<Principal.Gateway> gateway = viewer.gateway();
    if (gateway.isPresent() && !(message instanceof Request))
      return askers
          .gateway(gateway.get().called())
          .map(found -> found.orElseThrow(Senders::nobody));
    Principal principal =
        gateway.<Principal>map(one -> one).or(viewer::user).orElse(Principal.ANONYMOUS);
    return askers
        .of(principal, message)
        .map(
            asker -> {
              if (asker.isVisitor() && principal != Principal.ANONYMOUS) throw nobody();
              return asker;
            });
  }

  private static Problem nobody() {
    return Problem.unauthorized("Authorization required");
  }
}
