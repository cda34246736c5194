package io.mestral.verticles.auth;

import io.mestral.model.access.Principal;
import io.mestral.model.access.Scope;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.EntityTopic;
import io.mestral.model.platform.EntityTopic.Kind;
import io.mestral.model.platform.User;
import io.mestral.storage.Metadata;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who may publish and subscribe to topics of Smart API messages (section 8.2): anybody who is
 * known, to every node's {@code in} and from their own {@code out}; whoever manages Entities below
 * their own name besides. What a message may do is looked at when it is there.
 */
final class EntityTopicRights {
  private static final Future<Boolean> YES = Future.succeededFuture(true);
  private static final Future<Boolean> NO = Future.succeededFuture(false);
  private static final Set<Kind> SAID = Set.of(Kind.OUT, Kind.NTF, Kind.HB, Kind.STATE, Kind.UP);
  private static final Set<Kind> HEARD = Set.of(Kind.IN, Kind.DOWN);

  private final Metadata metadata;
  private final Supplier<String> base;

  /**
   * @param base the node's public URL, which IRIs of users and devices begin with
   */
  EntityTopicRights(Metadata metadata, Supplier<String> base) {
    this.metadata = metadata;
    this.base = base;
  }

  Future<Boolean> mayPublish(Principal principal, EntityTopic topic) {
    if (topic.kind() == Kind.IN) return isKnown(principal) && carriesAny(principal) ? YES : NO;
    return SAID.contains(topic.kind()) ? isOwn(principal, topic) : NO;
  }

  Future<Boolean> maySubscribe(Principal principal, EntityTopic filter) {
    if (HEARD.contains(filter.kind())) return isOwn(principal, filter);
    if (filter.kind() != Kind.OUT || !isKnown(principal) || !carries(principal)) return NO;
    return iri(principal).map(own -> own.map(EntityTopic::encoded).equals(filter.rest()));
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
    return carries(principal)
        || principal instanceof Principal.User user
            && user.authority().allows(Scope.SMARTAPI_WRITE);
  }

  private Future<Boolean> isOwn(Principal principal, EntityTopic topic) {
    if (principal instanceof Principal.Gateway gateway)
      return topic.node().equals(gateway.called()) ? YES : NO;
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
          .map(found -> found.map(Device::uuid).map(uuid -> base.get() + "/id/devices/" + uuid));
    if (principal instanceof Principal.User user)
      return metadata
          .users()
          .find(user.id())
          .map(found -> found.map(User::uuid).map(uuid -> base.get() + "/id/users/" + uuid));
    return Future.succeededFuture(Optional.empty());
  }
}
