package io.mestral.verticles.http;

import io.mestral.model.UserId;
import io.mestral.model.access.Role;
import io.mestral.model.platform.User;
import io.mestral.storage.Conflict;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Selection;
import io.mestral.storage.UserRegistry;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** Accounts in a map. */
final class InMemoryUsers implements UserRegistry {
  private final Map<Long, User> users = new ConcurrentSkipListMap<>();
  private final Map<Long, String> hashes = new ConcurrentSkipListMap<>();
  private final InMemoryTokens tokens;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

  InMemoryUsers(InMemoryTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Future<User> add(User draft, String passwordHash) {
    User user = withId(draft, new UserId(users.size() + 1));
    return unique(user)
        .onSuccess(
            free -> {
              users.put(user.id().value(), user);
              hashes.put(user.id().value(), passwordHash);
            });
  }

  @Override
  public Future<Optional<User>> find(UserId id) {
    return Future.succeededFuture(Optional.ofNullable(users.get(id.value())));
  }

  @Override
  public Future<Optional<User>> administrator() {
    return Future.succeededFuture(
        users.values().stream().filter(user -> user.role() == Role.ADMIN).findFirst());
  }

  @Override
  public Future<Page<User>> list(Selection selection, Paging paging) {
    if (!selection.isEverything())
      return Future.failedFuture(new UnsupportedOperationException("no searches in memory"));
    return Future.succeededFuture(InMemoryDevices.page(List.copyOf(users.values()), paging));
  }

  @Override
  public Future<List<User>> findAll(Collection<UserId> ids) {
    return Future.succeededFuture(
        users.values().stream().filter(user -> ids.contains(user.id())).toList());
  }

  @Override
  public Future<Optional<User>> findByNameOrEmail(String text) {
    return Future.succeededFuture(
        users.values().stream()
            .filter(u -> u.username().equalsIgnoreCase(text) || u.email().equalsIgnoreCase(text))
            .findFirst());
  }

  @Override
  public Future<User> update(UserId id, UnaryOperator<User> change) {
    meanwhile.getAndSet(() -> {}).run();
    lock.lock();
    try {
      User changed = change.apply(users.get(id.value()));
      return unique(changed).onSuccess(free -> users.put(id.value(), changed));
    } catch (RuntimeException refused) {
      return Future.failedFuture(refused);
    } finally {
      lock.unlock();
    }
  }

  volatile boolean takesNoPassword;

  /** Lets something happen between what the next update was asked for and its turn. */
  void beforeNextUpdate(Runnable happening) {
    meanwhile.set(happening);
  }

  @Override
  public Future<Optional<String>> passwordHash(UserId id) {
    return Future.succeededFuture(Optional.ofNullable(hashes.get(id.value())));
  }

  @Override
  public Future<Void> changePassword(UserId id, String passwordHash, Optional<String> stays) {
    if (takesNoPassword) return Future.failedFuture("the disk is full");
    hashes.put(id.value(), passwordHash);
    tokens.endSessions(id, stays.orElse(""));
    return Future.succeededFuture();
  }

  private Future<User> unique(User user) {
    for (User other : users.values()) {
      if (other.id().equals(user.id())) continue;
      if (other.username().equalsIgnoreCase(user.username()))
        return Future.failedFuture(new Conflict("username"));
      if (other.email().equalsIgnoreCase(user.email()))
        return Future.failedFuture(new Conflict("email"));
    }
    return Future.succeededFuture(user);
  }

  private static User withId(User draft, UserId id) {
    return new User(
        id,
        draft.uuid(),
        draft.username(),
        draft.email(),
        draft.roleMask(),
        draft.city(),
        draft.countryCode(),
        draft.url(),
        draft.legacyApiKey(),
        draft.createdAt(),
        draft.updatedAt(),
        draft.picture(),
        draft.preferences());
  }
}
