package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.User;
import io.mestral.storage.ApiToken.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every engine's {@link TokenRegistry} does. */
public abstract class TokenRegistryContract extends MetadataContract {
  private TokenRegistry tokens() {
    return metadata().tokens();
  }

  @Test
  void aTokenIsFoundAsAdded() throws Exception {
    User ada = addUser("ada");
    ApiToken key = new ApiToken(token("key"), ada.id(), Kind.PRIVATE, NOON, Optional.empty());
    ApiToken visit = session(ada, "visit", NOON);
    await(tokens().add(key));
    await(tokens().add(visit));
    reopen();
    assertThat(await(tokens().find("key"))).contains(key);
    assertThat(await(tokens().find("visit"))).contains(visit);
    assertThat(await(tokens().privateTokenOf(ada.id()))).contains(key);
    assertThat(await(tokens().find("unknown"))).isEmpty();
  }

  @Test
  void aPrivateTokenReplacesTheFormerOneAndNoSession() {
    User ada = addUser("ada");
    User grace = addUser("grace");
    await(tokens().add(key(ada, "old")));
    await(tokens().add(key(grace, "hers")));
    await(tokens().add(session(ada, "visit", NOON)));
    await(tokens().add(key(ada, "new")));
    assertThat(await(tokens().find("old"))).isEmpty();
    assertThat(await(tokens().privateTokenOf(ada.id()))).contains(key(ada, "new"));
    assertThat(await(tokens().find("visit"))).isPresent();
    assertThat(await(tokens().privateTokenOf(grace.id()))).contains(key(grace, "hers"));
  }

  @Test
  void addingTheSameTokenAgainChangesNothing() {
    User ada = addUser("ada");
    await(tokens().add(key(ada, "key")));
    await(tokens().add(key(ada, "key")));
    assertThat(await(tokens().privateTokenOf(ada.id()))).contains(key(ada, "key"));
  }

  @Test
  void anotherUsersTokenIsAConflictAndStaysTheirs() {
    User ada = addUser("ada");
    User grace = addUser("grace");
    await(tokens().add(key(ada, "adas")));
    await(tokens().add(key(grace, "graces")));
    assertConflict(tokens().add(key(grace, "adas")), "access_token");
    assertThat(await(tokens().find("adas"))).contains(key(ada, "adas"));
    assertThat(await(tokens().privateTokenOf(grace.id()))).contains(key(grace, "graces"));
  }

  @Test
  void aRemovedTokenIsGone() {
    User ada = addUser("ada");
    await(tokens().add(key(ada, "key")));
    await(tokens().remove("key"));
    await(tokens().remove("key"));
    assertThat(await(tokens().find("key"))).isEmpty();
    assertThat(await(tokens().privateTokenOf(ada.id()))).isEmpty();
  }

  @Test
  void anExpiredTokenIsStillReturned() {
    User ada = addUser("ada");
    ApiToken past =
        new ApiToken(
            token("past"), ada.id(), Kind.SESSION, Instant.EPOCH, Optional.of(Instant.EPOCH));
    await(tokens().add(past));
    assertThat(await(tokens().find("past"))).contains(past);
  }

  @Test
  void theOldestSessionMakesRoom() {
    User ada = addUser("ada");
    await(tokens().add(key(ada, "key")));
    for (int i = 0; i <= TokenRegistry.SESSIONS_PER_USER; i++)
      await(tokens().add(session(ada, "visit " + i, NOON.plusSeconds(i))));
    assertThat(await(tokens().find("visit 0"))).isEmpty();
    assertThat(await(tokens().find("visit 1"))).isPresent();
    assertThat(await(tokens().find("visit " + TokenRegistry.SESSIONS_PER_USER))).isPresent();
    assertThat(await(tokens().find("key"))).isPresent();
  }

  @Test
  void anotherPasswordEndsTheSessionsButTheOneThatAskedForIt() {
    User ada = addUser("ada");
    User grace = addUser("grace");
    await(tokens().add(key(ada, "key")));
    for (String visit : List.of("one", "two")) await(tokens().add(session(ada, visit, NOON)));
    await(tokens().add(session(grace, "hers", NOON)));
    await(users().changePassword(ada.id(), "another", Optional.of("two")));
    assertThat(await(tokens().find("one"))).isEmpty();
    assertThat(await(tokens().find("two"))).isPresent();
    await(users().changePassword(ada.id(), "a third", Optional.empty()));
    assertThat(await(tokens().find("two"))).isEmpty();
    assertThat(await(tokens().find("key"))).isPresent();
    assertThat(await(tokens().find("hers"))).isPresent();
  }

  @Test
  void aStrangerGetsNoToken() {
    ApiToken token =
        new ApiToken(token("key"), new UserId(4711), Kind.PRIVATE, NOON, Optional.empty());
    assertThat(Refusal.of(failureOf(tokens().add(token)))).isEqualTo(Refusal.PROTOCOL_ERROR);
    assertThat(await(tokens().find("key"))).isEmpty();
  }

  private static ApiToken key(User user, String hash) {
    return new ApiToken(token(hash), user.id(), Kind.PRIVATE, NOON, Optional.empty());
  }

  private UserRegistry users() {
    return metadata().users();
  }

  private static ApiToken session(User user, String hash, Instant createdAt) {
    Optional<Instant> end = Optional.of(createdAt.plusSeconds(3600));
    return new ApiToken(token(hash), user.id(), Kind.SESSION, createdAt, end);
  }
}
