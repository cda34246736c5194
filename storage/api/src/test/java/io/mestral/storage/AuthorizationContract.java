package io.mestral.storage;

import static io.mestral.storage.ApiToken.Kind.PRIVATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.access.Scope;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.mestral.storage.ExternalIdentities.Identity;
import io.mestral.storage.OAuthToken.CodeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every engine does with applications, what was granted to them, and what ends tokens. */
public abstract class AuthorizationContract extends MetadataContract {
  private static final Instant LATER = NOON.plus(Duration.ofDays(1));

  private OAuthApplication application(User owner, String uid) {
    return await(
        metadata()
            .applications()
            .add(
                new OAuthApplication(
                    0,
                    Optional.of(owner.id()),
                    uid,
                    Optional.of(token("secret of " + uid)),
                    "Field notes",
                    List.of("https://app.example.org/a", "com.example.app:/b"),
                    Set.of(Scope.PROFILE, Scope.READINGS_WRITE),
                    NOON,
                    NOON)));
  }

  private OAuthGrant grant(User user, OAuthApplication application, Instant made, Instant end) {
    return new OAuthGrant(
        UUID.randomUUID(), application.id(), user.id(), Set.of(Scope.PROFILE), NOON, made, end);
  }

  private static OAuthToken refresh(String hash, OAuthGrant grant, Instant end) {
    return new OAuthToken(hash, grant.id(), Optional.empty(), NOON, end, Optional.empty());
  }

  @Test
  void anApplicationIsFoundChangedAndRemoved() throws Exception {
    User ada = addUser("ada");
    OAuthApplication made = application(ada, "notes");
    reopen();
    assertThat(await(metadata().applications().find(made.id()))).contains(made);
    assertThat(await(metadata().applications().findByUid("notes"))).contains(made);
    assertThat(await(metadata().applications().ownedBy(ada.id()))).containsExactly(made);
    OAuthApplication changed =
        await(
            metadata()
                .applications()
                .update(
                    made.id(),
                    before ->
                        new OAuthApplication(
                            before.id(),
                            before.owner(),
                            before.uid(),
                            Optional.empty(),
                            "Notes",
                            List.of(),
                            Set.of(Scope.PROFILE),
                            before.createdAt(),
                            LATER)));
    assertThat(changed.isConfidential()).isFalse();
    assertThat(await(metadata().applications().find(made.id()))).contains(changed);
    await(metadata().applications().remove(made.id()));
    assertThat(await(metadata().applications().find(made.id()))).isEmpty();
  }

  @Test
  void twoApplicationsAreNotCalledTheSame() {
    User ada = addUser("ada");
    application(ada, "notes");
    assertConflict(
        metadata()
            .applications()
            .add(
                new OAuthApplication(
                    0,
                    Optional.empty(),
                    "notes",
                    Optional.empty(),
                    "x",
                    List.of(),
                    Set.of(),
                    NOON,
                    NOON)),
        "uid");
  }

  @Test
  void aGrantGoesWithItsApplicationAndItsTokensWithIt() {
    User ada = addUser("ada");
    OAuthApplication notes = application(ada, "notes");
    OAuthGrant grant = grant(ada, notes, NOON, LATER);
    CodeRequest asked = new CodeRequest("https://app.example.org/a", "c", Optional.of("n"));
    OAuthToken code =
        new OAuthToken("code", grant.id(), Optional.of(asked), NOON, LATER, Optional.empty());
    await(metadata().grants().add(grant, code));
    assertThat(await(metadata().grants().find(grant.id()))).contains(grant);
    assertThat(await(metadata().grants().findToken("code"))).contains(code);
    assertThat(await(metadata().grants().ofUser(ada.id()))).containsExactly(grant);
    assertThat(await(metadata().grants().ofApplication(notes.id(), 10))).containsExactly(grant);
    await(metadata().applications().remove(notes.id()));
    assertThat(await(metadata().grants().find(grant.id()))).isEmpty();
    assertThat(await(metadata().grants().findToken("code"))).isEmpty();
  }

  @Test
  void aTokenIsExchangedOnceAndTheGrantLivesAsLongAsTheNext() {
    User ada = addUser("ada");
    OAuthGrant grant = grant(ada, application(ada, "notes"), NOON, LATER);
    await(metadata().grants().add(grant, refresh("first", grant, LATER)));
    Instant end = LATER.plus(Duration.ofDays(1));
    assertThat(await(metadata().grants().exchange("first", refresh("second", grant, end))))
        .isTrue();
    assertThat(await(metadata().grants().exchange("first", refresh("third", grant, end))))
        .isFalse();
    assertThat(await(metadata().grants().exchange("unknown", refresh("fourth", grant, end))))
        .isFalse();
    assertThat(await(metadata().grants().findToken("first")).orElseThrow().usedAt()).contains(NOON);
    assertThat(await(metadata().grants().findToken("third"))).isEmpty();
    assertThat(await(metadata().grants().find(grant.id())).orElseThrow().expiresAt())
        .isEqualTo(end);
    await(metadata().grants().revoke(grant.id()));
    assertThat(await(metadata().grants().findToken("second"))).isEmpty();
  }

  @Test
  void aRevokedAccessTokenHasNothingToStandOn() {
    User ada = addUser("ada");
    OAuthGrant grant = grant(ada, application(ada, "notes"), NOON, LATER);
    await(metadata().grants().add(grant));
    assertThat(await(metadata().grants().standing(grant.id(), "one"))).contains(grant);
    await(metadata().grants().revokeAccessToken("one", LATER));
    await(metadata().grants().revokeAccessToken("one", LATER));
    assertThat(await(metadata().grants().standing(grant.id(), "one"))).isEmpty();
    assertThat(await(metadata().grants().standing(grant.id(), "two"))).contains(grant);
  }

  @Test
  void whatHasExpiredGoesWhenSomethingNewComes() {
    User ada = addUser("ada");
    OAuthApplication notes = application(ada, "notes");
    OAuthGrant old = grant(ada, notes, NOON, NOON.plusSeconds(60));
    await(metadata().grants().add(old));
    await(metadata().grants().add(grant(ada, notes, LATER, LATER.plusSeconds(60))));
    assertThat(await(metadata().grants().find(old.id()))).isEmpty();
  }

  @Test
  void signingKeysComeTheOldestFirst() {
    SigningKey second = new SigningKey("b", token("second"), LATER);
    SigningKey first = new SigningKey("a", token("first"), NOON);
    await(metadata().signingKeys().add(second));
    await(metadata().signingKeys().add(first));
    assertThat(await(metadata().signingKeys().list())).containsExactly(first, second);
    await(metadata().signingKeys().remove("a"));
    assertThat(await(metadata().signingKeys().list())).containsExactly(second);
  }

  @Test
  void somebodyFromElsewhereIsWhoTheyWereLinkedToLast() {
    User ada = addUser("ada");
    User grace = addUser("grace");
    Identity identity = new Identity("https://id.example.org", "a");
    assertThat(await(metadata().identities().find(identity))).isEmpty();
    await(metadata().identities().link(identity, ada.id()));
    await(metadata().identities().link(identity, grace.id()));
    assertThat(await(metadata().identities().find(identity))).contains(grace.id());
    assertThat(await(metadata().identities().find(new Identity("https://other.org", "a"))))
        .isEmpty();
  }

  @Test
  void onlyWhoIsMeantIsUnlinked() {
    User ada = addUser("ada");
    User grace = addUser("grace");
    Identity first = new Identity("https://id.example.org", "a");
    Identity second = new Identity("https://id.example.org", "b");
    ExternalIdentities identities = metadata().identities();
    await(identities.link(second, ada.id()));
    await(identities.link(first, ada.id()));
    assertThat(await(identities.of(ada.id()))).containsExactly(first, second);
    assertThat(await(identities.of(grace.id()))).isEmpty();
    assertThat(await(identities.unlink(first, grace.id()))).isFalse();
    assertThat(await(identities.unlink(first, ada.id()))).isTrue();
    assertThat(await(identities.unlink(first, ada.id()))).isFalse();
    assertThat(await(identities.of(ada.id()))).containsExactly(second);
  }

  @Test
  void anAccountForSomebodyFromElsewhereComesWithItsLinkOrNotAtAll() {
    Identity identity = new Identity("https://id.example.org", "a");
    ExternalIdentities identities = metadata().identities();
    User made = await(identities.add(identity, user("ada"), HASH));
    assertThat(await(identities.find(identity))).contains(made.id());
    assertThat(await(metadata().users().find(made.id()))).contains(made);
    Identity other = new Identity("https://id.example.org", "b");
    assertThat(failureOf(identities.add(other, user("ada"), HASH))).isInstanceOf(Conflict.class);
    assertThat(await(identities.find(other))).isEmpty();
  }

  @Test
  void namedTokensAreTheirUsersAndNoMoreThanMayBe() {
    User ada = addUser("ada");
    User grace = addUser("grace");
    NamedToken made = await(metadata().namedTokens().add(named(ada, "script")));
    assertThat(await(metadata().namedTokens().find("script"))).contains(made);
    assertThat(await(metadata().namedTokens().ofUser(ada.id()))).containsExactly(made);
    assertThat(await(metadata().namedTokens().remove(grace.id(), made.id()))).isEmpty();
    assertThat(await(metadata().namedTokens().remove(ada.id(), made.id()))).contains(made);
    assertThat(await(metadata().namedTokens().find("script"))).isEmpty();
    for (int i = 0; i < NamedTokenRegistry.PER_USER; i++)
      await(metadata().namedTokens().add(named(ada, "token " + i)));
    assertThat(Refusal.of(failureOf(metadata().namedTokens().add(named(ada, "one more")))))
        .isEqualTo(Refusal.QUOTA_EXCEEDED);
  }

  private static NamedToken named(User user, String hash) {
    return new NamedToken(
        0, hash, user.id(), hash, Set.of(Scope.READINGS_WRITE), NOON, Optional.of(LATER));
  }

  @Test
  void aPasswordSetByMailEndsWhateverWasLetInBefore() {
    User ada = addUser("ada");
    User grace = addUser("grace");
    OAuthGrant adas = grant(ada, application(ada, "notes"), NOON, LATER);
    OAuthGrant graces = grant(grace, application(grace, "hers"), NOON, LATER);
    for (OAuthGrant grant : List.of(adas, graces)) await(metadata().grants().add(grant));
    for (User user : List.of(ada, grace)) {
      await(metadata().namedTokens().add(named(user, user.username() + "s named")));
      ApiToken key =
          new ApiToken(
              token(user.username() + "s key"), user.id(), PRIVATE, NOON, Optional.empty());
      await(metadata().tokens().add(key));
    }
    Mail mail = new Mail("reset", "ada@example.org", "s", "b", NOON);
    await(metadata().passwordResets().put(new PasswordReset("code", ada.id(), LATER), mail));
    await(metadata().passwordResets().redeem("code", "another", NOON));
    assertThat(await(metadata().grants().find(adas.id()))).isEmpty();
    assertThat(await(metadata().namedTokens().find("adas named"))).isEmpty();
    assertThat(await(metadata().tokens().find("adas key"))).isEmpty();
    assertThat(await(metadata().grants().find(graces.id()))).isPresent();
    assertThat(await(metadata().namedTokens().find("graces named"))).isPresent();
    assertThat(await(metadata().tokens().find("graces key"))).isPresent();
  }

  @Test
  void theLastUseOfATokenIsTheLatest() {
    await(metadata().tokenUses().note("a", LATER));
    await(metadata().tokenUses().note("a", NOON));
    await(metadata().tokenUses().note("b", NOON));
    assertThat(await(metadata().tokenUses().lastUses(List.of("a", "b", "c"))))
        .isEqualTo(Map.of("a", LATER, "b", NOON));
    await(metadata().tokenUses().forget("a"));
    assertThat(await(metadata().tokenUses().lastUses(List.of("a")))).isEmpty();
  }

  @Test
  void endsOfFormerTokensAreSweptAndThoseOfDevicesStay() {
    Device roof = addDevice(addUser("ada"), "roof");
    DeviceTokenEnd former = new DeviceTokenEnd("former", roof.id(), NOON);
    DeviceTokenEnd current = new DeviceTokenEnd(roof.token().orElseThrow().hash(), roof.id(), NOON);
    await(metadata().deviceTokenEnds().set(former));
    await(metadata().deviceTokenEnds().set(current));
    assertThat(await(metadata().deviceTokenEnds().find("former"))).contains(former);
    assertThat(await(metadata().deviceTokenEnds().ofDevice(roof.id())))
        .containsExactlyInAnyOrder(former, current);
    await(metadata().deviceTokenEnds().sweep(LATER));
    assertThat(await(metadata().deviceTokenEnds().ofDevice(roof.id()))).containsExactly(current);
    await(metadata().deviceTokenEnds().forget(roof.id()));
    assertThat(await(metadata().deviceTokenEnds().ofDevice(roof.id()))).isEmpty();
  }
}
