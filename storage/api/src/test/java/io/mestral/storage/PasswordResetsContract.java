package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.mestral.storage.ExternalIdentities.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every registry of codes for forgotten passwords promises. */
public abstract class PasswordResetsContract extends MetadataContract {
  private static final Instant END = NOON.plus(Duration.ofHours(1));
  private User ada;
  private PasswordResets resets;

  @BeforeEach
  void addAda() {
    ada = addUser("ada");
    resets = metadata().passwordResets();
  }

  @Test
  void aCodeSetsAPasswordOnceAndEndsAllSessions() {
    ApiToken session =
        new ApiToken(token("session"), ada.id(), ApiToken.Kind.SESSION, NOON, Optional.of(END));
    await(metadata().tokens().add(session));
    await(resets.put(reset("code"), mail("1")));
    assertThat(await(resets.find("code"))).contains(reset("code"));
    assertThat(await(resets.redeem("code", "another", NOON))).contains(ada.id());
    assertThat(await(metadata().users().passwordHash(ada.id()))).contains("another");
    assertThat(await(metadata().tokens().find("session"))).isEmpty();
    assertThat(await(resets.redeem("code", "third", NOON))).isEmpty();
    assertThat(await(metadata().users().passwordHash(ada.id()))).contains("another");
  }

  @Test
  void whoeverCameFromElsewhereBeforeTheAddressWasShownToBeTheirsIsUnlinked() {
    Identity identity = new Identity("https://id.example.org", "a");
    Identity other = new Identity("https://id.example.org", "b");
    await(metadata().identities().link(identity, ada.id()));
    await(metadata().identities().link(other, addUser("grace").id()));
    await(resets.put(reset("code"), mail("1")));
    assertThat(await(resets.redeem("code", "another", END))).isEmpty();
    assertThat(await(metadata().identities().find(identity))).isPresent();
    await(resets.put(reset("code"), mail("2")));
    await(resets.redeem("code", "another", NOON));
    assertThat(await(metadata().identities().find(identity))).isEmpty();
    assertThat(await(metadata().identities().find(other))).isPresent();
  }

  @Test
  void theMailIsQueuedWithIt() {
    await(resets.put(reset("code"), mail("1")));
    assertThat(await(metadata().mails().due(NOON, 10)))
        .extracting(waiting -> waiting.mail().event())
        .containsExactly("1");
  }

  @Test
  void aNewOneEndsTheFormer() {
    await(resets.put(reset("first"), mail("1")));
    await(resets.put(reset("second"), mail("2")));
    assertThat(await(resets.find("first"))).isEmpty();
    assertThat(await(resets.redeem("first", "another", NOON))).isEmpty();
    assertThat(await(resets.redeem("second", "another", NOON))).contains(ada.id());
  }

  @Test
  void afterItsEndItSetsNothing() {
    await(resets.put(reset("code"), mail("1")));
    assertThat(await(resets.redeem("code", "another", END))).isEmpty();
    assertThat(await(metadata().users().passwordHash(ada.id()))).contains(HASH);
  }

  @Test
  void whatEndedIsForgotten() {
    await(resets.put(reset("code"), mail("1")));
    await(resets.forget(END));
    assertThat(await(resets.find("code"))).isPresent();
    await(resets.forget(END.plusSeconds(1)));
    assertThat(await(resets.find("code"))).isEmpty();
  }

  @Test
  void whoChangesThePasswordNeedsNoneAnyMore() {
    await(resets.put(reset("code"), mail("1")));
    User bob = addUser("bob");
    await(resets.put(new PasswordReset("bobs", bob.id(), END), mail("2")));
    await(metadata().users().changePassword(ada.id(), "another", Optional.empty()));
    assertThat(await(resets.find("code"))).isEmpty();
    assertThat(await(resets.redeem("code", "third", NOON))).isEmpty();
    assertThat(await(metadata().users().passwordHash(ada.id()))).contains("another");
    assertThat(await(resets.redeem("bobs", "another", NOON))).contains(bob.id());
  }

  @Test
  void oneThatWasMailedToAFormerAddressEnds() {
    await(resets.put(reset("code"), mail("1")));
    await(metadata().users().update(ada.id(), user -> named(user, "augusta", user.email())));
    assertThat(await(resets.find("code"))).as("the address is the same").isPresent();
    await(metadata().users().update(ada.id(), user -> named(user, "ada", "new@example.org")));
    assertThat(await(resets.find("code"))).isEmpty();
    assertThat(await(resets.redeem("code", "another", NOON))).isEmpty();
    assertThat(await(metadata().users().passwordHash(ada.id()))).contains(HASH);
  }

  @Test
  void whoLeftHasNone() {
    await(resets.put(reset("code"), mail("1")));
    await(metadata().departures().archive(ada.id(), false, NOON));
    assertThat(await(resets.redeem("code", "another", NOON))).isEmpty();
  }

  private PasswordReset reset(String hash) {
    return new PasswordReset(hash, new UserId(ada.id().value()), END);
  }

  private static Mail mail(String event) {
    return new Mail(event, "ada@example.org", "s", "b", NOON);
  }
}
