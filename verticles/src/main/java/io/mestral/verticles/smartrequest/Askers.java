package io.mestral.verticles.smartrequest;

import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.platform.User;
import io.mestral.routing.request.Asker;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.storage.Metadata;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is behind a principal of the platform, as Smart API messages name them. Users that asked
 * lately are remembered by their UUIDs, which they keep as long as they are there.
 */
public final class Askers {
  private static final int REMEMBERED = 10_000;

  private final Metadata metadata;
  private final NodeIris iris;
  private final Map<UserId, UUID> users = new ConcurrentHashMap<>();

  /** Those that are kept here. */
  public Askers(Metadata metadata, NodeIris iris) {
    this.metadata = metadata;
    this.iris = iris;
  }

  /** The sender of a message. */
  public Future<Asker> of(Principal principal, Message message) {
    Iri said = message.generatedBy().orElseThrow();
    return identity(principal)
        .map(
            known ->
                new Asker(known.orElse(said), known.isPresent() ? principal : Principal.ANONYMOUS));
  }

  private Future<Optional<Iri>> identity(Principal principal) {
    if (principal instanceof Principal.User user) return user(user.id());
    if (principal instanceof Principal.Device device)
      return metadata
          .devices()
          .find(device.id())
          .map(found -> found.map(one -> iris.device(one.uuid())));
    return Future.succeededFuture(
        principal instanceof Principal.Gateway gateway
            ? Optional.of(new Iri(gateway.iri()))
            : Optional.empty());
  }

  /** Whoever may ask is asked for when the credentials are looked at, each time. */
  private Future<Optional<Iri>> user(UserId id) {
    UUID known = users.get(id);
    if (known != null) return Future.succeededFuture(Optional.of(iris.user(known)));
    return metadata
        .users()
        .find(id)
        .map(
            found -> {
              if (users.size() >= REMEMBERED) users.clear();
              found.ifPresent(one -> users.put(id, one.uuid()));
              return found.map(User::uuid).map(iris::user);
            });
  }

  /** The owner of a gateway, in whose name it announces; empty when nobody is called so. */
  public Future<Optional<Asker>> gateway(String name) {
    return metadata
        .gateways()
        .find(name)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : metadata
                        .users()
                        .find(found.get().owner())
                        .map(
                            owner ->
                                owner.map(
                                    one ->
                                        new Asker(
                                            iris.user(one.uuid()),
                                            new Principal.Gateway(
                                                found.get().id(),
                                                found.get().name(),
                                                found.get().iri(),
                                                one.id())))));
  }
}
