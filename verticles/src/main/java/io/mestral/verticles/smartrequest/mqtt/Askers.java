package io.mestral.verticles.smartrequest.mqtt;

import io.mestral.model.access.Principal;
import io.mestral.model.platform.User;
import io.mestral.routing.request.Asker;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.storage.Metadata;
import io.mestral.verticles.smartrequest.NodeIris;
import io.vertx.core.Future;
import java.util.Optional;

/** Who is behind a principal of the platform, as Smart API messages name them. */
public final class Askers {
  private final Metadata metadata;
  private final NodeIris iris;

  /** Looked up each time. */
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
    if (principal instanceof Principal.User user)
      return metadata.users().find(user.id()).map(found -> found.map(User::uuid).map(iris::user));
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

  /** The owner of a gateway, in whose name it announces; empty when nobody is called so. */
  Future<Optional<Asker>> gateway(String name) {
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
