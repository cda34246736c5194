package io.mestral.verticles.http;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.ForwardingAccess;
import io.mestral.storage.ForwardingDestination;
import io.mestral.storage.ForwardingRegistry;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Who may have what forwarded, in maps. */
public final class InMemoryForwarding implements ForwardingRegistry {
  private final Map<UserId, ForwardingAccess> granted = new ConcurrentHashMap<>();
  private final List<ForwardingDestination> destinations = new CopyOnWriteArrayList<>();
  private final Map<DeviceId, ForwardingDestination> sent = new ConcurrentHashMap<>();
  volatile boolean away;

  @Override
  public Future<Void> grant(ForwardingAccess access) {
    granted.put(access.user(), access);
    return Future.succeededFuture();
  }

  @Override
  public Future<ForwardingAccess> grantIfNone(ForwardingAccess access) {
    ForwardingAccess before = granted.putIfAbsent(access.user(), access);
    return Future.succeededFuture(before == null ? access : before);
  }

  @Override
  public Future<Optional<ForwardingAccess>> of(UserId user) {
    return first(access -> access.user().equals(user));
  }

  @Override
  public Future<List<ForwardingAccess>> of(Collection<UserId> users) {
    return Future.succeededFuture(
        granted.values().stream().filter(access -> users.contains(access.user())).toList());
  }

  @Override
  public Future<Optional<ForwardingAccess>> findByUsername(String usernameHash) {
    return first(access -> access.username().hash().equals(usernameHash));
  }

  @Override
  public Future<Optional<ForwardingAccess>> findByToken(String tokenHash) {
    return first(access -> access.token().hash().equals(tokenHash));
  }

  private Future<Optional<ForwardingAccess>> first(Predicate<ForwardingAccess> which) {
    return Future.succeededFuture(granted.values().stream().filter(which).findFirst());
  }

  @Override
  public Future<ForwardingDestination> addDestination(String name) {
    ForwardingDestination made = new ForwardingDestination(destinations.size() + 1, name);
    destinations.add(made);
    return Future.succeededFuture(made);
  }

  @Override
  public Future<List<ForwardingDestination>> destinations() {
    return Future.succeededFuture(List.copyOf(destinations));
  }

  @Override
  public Future<Void> sendTo(DeviceId device, Optional<Long> destination) {
    if (away)
      return Future.failedFuture(new RefusedException(Refusal.UNAVAILABLE, "the store is away"));
    if (destination.filter(id -> id > destinations.size()).isPresent())
      return Future.failedFuture(new RefusedException(Refusal.PROTOCOL_ERROR, "no destination"));
    sent.remove(device);
    destination.ifPresent(id -> sent.put(device, destinations.get(id.intValue() - 1)));
    return Future.succeededFuture();
  }

  @Override
  public Future<Map<DeviceId, ForwardingDestination>> destinationsOf(Collection<DeviceId> devices) {
    return Future.succeededFuture(
        devices.stream()
            .filter(sent::containsKey)
            .collect(Collectors.toMap(device -> device, sent::get)));
  }
}
