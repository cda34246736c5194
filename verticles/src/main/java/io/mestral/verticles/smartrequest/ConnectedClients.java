package io.mestral.verticles.smartrequest;

import io.mestral.model.access.Principal;
import io.mestral.routing.request.open.ClientLink;
import io.mestral.routing.request.open.GatewayLink.Client;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Clients that keep a connection open, and hear over it what comes later. May be used on any
 * thread.
 */
public final class ConnectedClients implements ClientLink {
  private final Map<Place, Set<Consumer<Message>>> listeners = new ConcurrentHashMap<>();

  /** Where somebody listens: for all that a client is told, or for what answers one request. */
  public record Place(Client client, Optional<Iri> request) {
    /**
     * Where the sender of a request is told more of it. What a visitor calls itself proves nothing:
     * it hears of its request alone, by a name that others don't know.
     *
     * @return nothing for a visitor's request without name
     */
    public static Optional<Place> of(Client client, Optional<Iri> request) {
      boolean isVisitor = client.principal().equals(Principal.ANONYMOUS.name());
      if (!isVisitor) return Optional.of(new Place(client, Optional.empty()));
      return request.map(name -> new Place(client, Optional.of(name)));
    }
  }

  /** Has somebody hear what is told there, on any thread. */
  public void join(Place place, Consumer<Message> listener) {
    listeners.compute(
        place,
        (same, known) -> {
          Set<Consumer<Message>> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          all.add(listener);
          return all;
        });
  }

  /** Somebody doesn't listen there any more. */
  public void leave(Place place, Consumer<Message> listener) {
    listeners.computeIfPresent(
        place,
        (same, known) -> {
          known.remove(listener);
          return known.isEmpty() ? null : known;
        });
  }

  @Override
  public Future<Boolean> tell(Client client, Graph message, Iri node) {
    Message told = Message.at(message, node);
    Optional<Set<Consumer<Message>>> listening =
        Place.of(client, told.inReplyTo()).map(listeners::get);
    listening.ifPresent(all -> all.forEach(one -> one.accept(told)));
    return Future.succeededFuture(listening.isPresent());
  }
}
