package io.mestral.verticles.auth;

import io.mestral.model.access.Principal;
import io.mestral.model.access.Scope;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.EntityTopic;
import io.mestral.model.platform.EntityTopic.Kind;
import io.mestral.model.platform.User;
import io.mestral.storage.Metadata;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Who may publish and subscribe to topics of Smart API messages (section 8.2): anybody who is
 * known, to every node's {@code in}, from their own {@code out}, and from {@code ntf} of what they
 * may read; whoever manages Entities below their own name besides. What a message may do is looked
 * at when it is there.
 */
public final class EntityTopicRights {
  private static final Future<Boolean> YES = Future.succeededFuture(true);
  private static final Future<Boolean> NO = Future.succeededFuture(false);
  private static final Set<Kind> SAID = Set.of(Kind.OUT, Kind.NTF, Kind.HB, Kind.STATE, Kind.UP);
  private static final Set<Kind> HEARD = Set.of(Kind.IN, Kind.DOWN);

  private final Metadata metadata;
  private final Node node;
  private final EntityRights entities;

  /**
   * What this node is called.
   *
   * @param name in topics; whatever a gateway of that name says isn't what the node says
   * @param base its public URL, which IRIs of users and devices begin with, once it is known
   */
  public record Node(String name, Supplier<String> base) {}

  /**
   * @param entities knows whose notifications somebody may hear
   */
  public EntityTopicRights(Metadata metadata, Node node, EntityRights entities) {
    this.metadata = metadata;
    this.node = node;
    this.entities = entities;
  }

  Future<Boolean> mayPublish(Principal principal, EntityTopic topic) {
    if (topic.kind() == Kind.IN) return isKnown(principal) && carriesAny(principal) ? YES : NO;
    return SAID.contains(topic.kind()) ? isOwn(principal, topic) : NO;
  }

  /** What a principal may subscribe to, for several filters: nothing is looked up twice. */
  Subscriber subscriber(Principal principal) {
    return new Subscriber(principal);
  }

  /** A principal that subscribes; any thread may ask. */
  final class Subscriber {
    private final Principal principal;
    private final Map<String, Future<Boolean>> readable = new ConcurrentHashMap<>(2);
    private final Map<Principal, Future<Optional<String>>> named = new ConcurrentHashMap<>(1);

    private Subscriber(Principal principal) {
      this.principal = principal;
    }

    Future<Boolean> may(EntityTopic filter) {
      if (HEARD.contains(filter.kind())) return isOwn(principal, filter);
      if (!isKnown(principal) || !carries(principal)) return NO;
      if (filter.kind() == Kind.OUT)
        return named
            .computeIfAbsent(principal, EntityTopicRights.this::iri)
            .map(own -> own.map(EntityTopic::encoded).equals(filter.rest()));
      Optional<String> entity =
          filter.rest().filter(rest -> filter.kind() == Kind.NTF).flatMap(EntityTopic::decoded);
      return entity
          .map(iri -> readable.computeIfAbsent(iri, one -> entities.mayRead(principal, one)))
          .orElse(NO);
    }
  }

  private static boolean isKnown(Principal principal) {
    return principal instanceof Principal.User
        || principal instanceof Principal.Device
        || principal instanceof Principal.Gateway;
  }

  private static boolean carries(Principal principal) {
    return !(principal instanceof Principal.User user)
        || user.authority().allows(Scope.SMARTAPI_READ);
  }

  private static boolean carriesAny(Principal principal) {
    return !(principal instanceof Principal.User user)
        || Scope.SMART_API.stream().anyMatch(user.authority()::allows);
  }

  private Future<Boolean> isOwn(Principal principal, EntityTopic topic) {
    if (principal instanceof Principal.Gateway gateway)
      return topic.node().equals(gateway.called()) && !gateway.called().equals(node.name())
          ? YES
          : NO;
    if (!(principal instanceof Principal.Device)) return NO;
    return iri(principal)
        .map(own -> own.map(EntityTopic::encoded).filter(topic.node()::equals).isPresent());
  }

  private Future<Optional<String>> iri(Principal principal) {
    if (principal instanceof Principal.Gateway gateway)
      return Future.succeededFuture(Optional.of(gateway.iri()));
    if (principal instanceof Principal.Device device)
      return metadata
          .devices()
          .find(device.id())
          .map(
              found ->
                  found.map(Device::uuid).map(uuid -> node.base().get() + "/id/devices/" + uuid));
    if (principal instanceof Principal.User user)
      return metadata
          .users()
          .find(user.id())
          .map(found -> found.map(User::uuid).map(uuid -> node.base().get() + "/id/users/" + uuid));
    return Future.succeededFuture(Optional.empty());
  }
}
