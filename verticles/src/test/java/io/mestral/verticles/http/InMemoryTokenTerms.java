package io.mestral.verticles.http;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.storage.DeviceTokenEnd;
import io.mestral.storage.DeviceTokenEnds;
import io.mestral.storage.NamedToken;
import io.mestral.storage.NamedTokenRegistry;
import io.mestral.storage.TokenUses;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What is known of tokens beside the tokens themselves, in maps. */
public final class InMemoryTokenTerms {
  private InMemoryTokenTerms() {}

  static final class Named implements NamedTokenRegistry {
    private final Map<Long, NamedToken> tokens = new ConcurrentSkipListMap<>();

    @Override
    public Future<NamedToken> add(NamedToken draft) {
      NamedToken made =
          new NamedToken(
              tokens.size() + 1L,
              draft.hash(),
              draft.user(),
              draft.name(),
              draft.scopes(),
              draft.createdAt(),
              draft.expiresAt());
      tokens.put(made.id(), made);
      return Future.succeededFuture(made);
    }

    @Override
    public Future<Optional<NamedToken>> find(String hash) {
      return Future.succeededFuture(
          tokens.values().stream().filter(token -> token.hash().equals(hash)).findFirst());
    }

    @Override
    public Future<List<NamedToken>> ofUser(UserId user) {
      return Future.succeededFuture(
          tokens.values().stream().filter(token -> token.user().equals(user)).toList());
    }

    @Override
    public Future<Optional<NamedToken>> remove(UserId user, long id) {
      NamedToken token = tokens.get(id);
      if (token == null || !token.user().equals(user))
        return Future.succeededFuture(Optional.empty());
      return Future.succeededFuture(Optional.ofNullable(tokens.remove(id)));
    }
  }

  static final class Uses implements TokenUses {
    final AtomicInteger writes = new AtomicInteger();
    private final Map<String, Instant> uses = new ConcurrentHashMap<>();

    @Override
    public Future<Void> note(String hash, Instant at) {
      writes.incrementAndGet();
      uses.put(hash, at);
      return Future.succeededFuture();
    }

    @Override
    public Future<Map<String, Instant>> lastUses(Collection<String> hashes) {
      Map<String, Instant> found = new HashMap<>(uses);
      found.keySet().retainAll(hashes);
      return Future.succeededFuture(found);
    }

    @Override
    public Future<Void> forget(String hash) {
      uses.remove(hash);
      return Future.succeededFuture();
    }
  }

  /** When devices' tokens end. */
  public static final class Ends implements DeviceTokenEnds {
    private final Map<String, DeviceTokenEnd> ends = new ConcurrentHashMap<>();

    @Override
    public Future<Void> set(DeviceTokenEnd end) {
      ends.put(end.hash(), end);
      return Future.succeededFuture();
    }

    @Override
    public Future<Optional<DeviceTokenEnd>> find(String hash) {
      return Future.succeededFuture(Optional.ofNullable(ends.get(hash)));
    }

    @Override
    public Future<List<DeviceTokenEnd>> ofDevice(DeviceId device) {
      return Future.succeededFuture(
          ends.values().stream().filter(end -> end.device().equals(device)).toList());
    }

    @Override
    public Future<Void> forget(DeviceId device) {
      ends.values().removeIf(end -> end.device().equals(device));
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> sweep(Instant before) {
      ends.values().removeIf(end -> end.endsAt().isBefore(before));
      return Future.succeededFuture();
    }
  }
}
