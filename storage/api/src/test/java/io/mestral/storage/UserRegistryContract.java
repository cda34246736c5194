package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Language;
import io.mestral.model.platform.MailTopic;
import io.mestral.model.platform.Preferences;
import io.mestral.model.platform.User;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every engine's {@link UserRegistry} does. */
public abstract class UserRegistryContract extends MetadataContract {
  private UserRegistry users() {
    return metadata().users();
  }

  @Test
  void aUserIsFoundAsAdded() {
    User draft = user("ada");
    User added = await(users().add(draft, HASH));
    assertThat(added.id().value()).isPositive();
    assertThat(added).usingRecursiveComparison().ignoringFields("id").isEqualTo(draft);
    assertThat(await(users().find(added.id()))).contains(added);
    assertThat(await(users().passwordHash(added.id()))).contains(HASH);
  }

  @Test
  void howPeopleWantToBeWrittenToIsKept() {
    User ada = addUser("ada");
    Preferences wanted =
        new Preferences(Language.CA, "Europe/Madrid", Set.of(MailTopic.WEEKLY_DIGEST));
    User changed = await(users().update(ada.id(), user -> user.with(wanted)));
    assertThat(changed.preferences()).isEqualTo(wanted);
    assertThat(await(users().find(ada.id()))).contains(changed);
    Preferences nothing = new Preferences(Language.ES, "Etc/UTC", Set.of());
    await(users().update(ada.id(), user -> user.with(nothing)));
    assertThat(await(users().find(ada.id())).orElseThrow().preferences()).isEqualTo(nothing);
  }

  @Test
  void aStrangerIsNotFound() {
    addUser("ada");
    UserId stranger = new UserId(4711);
    assertThat(await(users().find(stranger))).isEmpty();
    assertThat(await(users().passwordHash(stranger))).isEmpty();
    assertThat(await(users().findByNameOrEmail("nobody"))).isEmpty();
    assertThat(await(users().findAll(List.of(stranger)))).isEmpty();
  }

  @Test
  void nameAndAddressAreFoundWhateverTheCase() {
    User ada = await(users().add(named(user("Ädä"), "Ädä", "Ada@Example.ORG"), HASH));
    assertThat(await(users().findByNameOrEmail("äDÄ"))).contains(ada);
    assertThat(await(users().findByNameOrEmail("ada@example.org"))).contains(ada);
    assertThat(await(users().findByNameOrEmail("example"))).isEmpty();
  }

  @Test
  void aTakenNameOrAddressIsAConflictThatNamesTheField() {
    User ada = addUser("ada");
    addUser("grace");
    assertConflict(users().add(named(user("x"), "ADA", "x@example.org"), HASH), "username");
    assertConflict(users().add(named(user("x"), "x", "Ada@Example.org"), HASH), "email");
    assertConflict(change(ada, named(ada, "Grace", ada.email())), "username");
    assertConflict(change(ada, named(ada, "ada", "GRACE@example.org")), "email");
    assertThat(await(users().find(ada.id()))).contains(ada);
    assertThat(await(users().findByNameOrEmail("x"))).isEmpty();
  }

  @Test
  void aUserMayChangeTheCaseOfTheirOwnName() {
    User ada = addUser("ada");
    User changed = await(change(ada, named(ada, "Ada", "ADA@example.org")));
    assertThat(changed.username()).isEqualTo("Ada");
    assertThat(await(users().find(ada.id()))).contains(changed);
  }

  @Test
  void anUpdateReplacesEverythingButIdAndPassword() {
    User ada = addUser("ada");
    User changed =
        new User(
            new UserId(4711),
            UUID.randomUUID(),
            "countess",
            "countess@example.org",
            5,
            Optional.empty(),
            Optional.empty(),
            Optional.of("https://example.org"),
            "f".repeat(40),
            NOON.minusSeconds(5),
            NOON.plusMillis(1));
    User updated = await(change(ada, changed));
    assertThat(updated).usingRecursiveComparison().ignoringFields("id").isEqualTo(changed);
    assertThat(updated.id()).isEqualTo(ada.id());
    assertThat(await(users().find(ada.id()))).contains(updated);
    assertThat(await(users().findByNameOrEmail("ada"))).isEmpty();
    assertThat(await(users().passwordHash(ada.id()))).contains(HASH);
  }

  @Test
  void changesMadeAtTheSameTimeAllSurvive() {
    User ada = addUser("ada");
    List<Future<User>> changes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      changes.add(users().update(ada.id(), now -> named(now, now.username() + "a", now.email())));
      changes.add(users().update(ada.id(), now -> named(now, now.username(), "m" + now.email())));
    }
    for (Future<User> change : changes) await(change);
    User found = await(users().find(ada.id())).orElseThrow();
    assertThat(found.username()).isEqualTo("ada" + "a".repeat(40));
    assertThat(found.email()).isEqualTo("m".repeat(40) + "ada@example.org");
  }

  @Test
  void aChangeThatThrowsFailsWithThatAndChangesNothing() {
    User ada = addUser("ada");
    RuntimeException thrown = new IllegalStateException("on purpose");
    Future<User> change =
        users()
            .update(
                ada.id(),
                now -> {
                  throw thrown;
                });
    assertThat(failureOf(change)).isSameAs(thrown);
    assertThat(await(users().find(ada.id()))).contains(ada);
  }

  @Test
  void aPasswordIsReplacedAlone() {
    User ada = addUser("ada");
    await(users().changePassword(ada.id(), "another", Optional.empty()));
    assertThat(await(users().passwordHash(ada.id()))).contains("another");
    assertThat(await(users().find(ada.id()))).contains(ada);
  }

  @Test
  void changingAStrangerIsRefused() {
    User ada = addUser("ada");
    User stranger = named(user("x"), "x", "x@example.org");
    assertThat(Refusal.of(failureOf(users().update(new UserId(4711), none -> stranger))))
        .isEqualTo(Refusal.PROTOCOL_ERROR);
    assertThat(
            Refusal.of(failureOf(users().changePassword(new UserId(4711), "p", Optional.empty()))))
        .isEqualTo(Refusal.PROTOCOL_ERROR);
    assertThat(await(users().findAll(List.of(ada.id())))).containsExactly(ada);
  }

  @Test
  void theAdministratorWithTheLowestIdIsFoundByRole() {
    User ada = addUser("ada");
    User grace = addUser("grace");
    User hedy = addUser("hedy");
    assertThat(await(users().administrator())).isEmpty();
    await(users().update(hedy.id(), now -> withRole(now, 5)));
    await(users().update(ada.id(), now -> withRole(now, 2)));
    assertThat(await(users().administrator())).contains(withRole(hedy, 5));
    await(users().update(grace.id(), now -> withRole(now, 5)));
    assertThat(await(users().administrator())).contains(withRole(grace, 5));
  }

  @Test
  void manyAreFoundAtOnce() {
    User ada = addUser("ada");
    User grace = addUser("grace");
    addUser("hedy");
    assertThat(await(users().findAll(List.of(grace.id(), ada.id(), new UserId(4711), ada.id()))))
        .containsExactlyInAnyOrder(ada, grace);
    assertThat(await(users().findAll(List.of()))).isEmpty();
  }

  @Test
  void idsGrowAndStayAfterReopening() throws Exception {
    User ada = addUser("ada");
    reopen();
    assertThat(await(users().find(ada.id()))).contains(ada);
    assertThat(await(users().passwordHash(ada.id()))).contains(HASH);
    assertThat(addUser("grace").id().value()).isGreaterThan(ada.id().value());
  }

  private Future<User> change(User user, User wanted) {
    return users().update(user.id(), now -> wanted);
  }

  private static User withRole(User user, int mask) {
    return new User(
        user.id(),
        user.uuid(),
        user.username(),
        user.email(),
        mask,
        user.city(),
        user.countryCode(),
        user.url(),
        user.legacyApiKey(),
        user.createdAt(),
        user.updatedAt());
  }
}
