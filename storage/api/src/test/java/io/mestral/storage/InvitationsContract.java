package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every registry of invitations promises. */
public abstract class InvitationsContract extends MetadataContract {
  private static final Instant END = NOON.plus(Duration.ofDays(14));
  private static final UserId ADMIN = new UserId(99);
  private Invitations invitations;

  @BeforeEach
  void look() {
    invitations = metadata().invitations();
  }

  @Test
  void oneInvitationMakesOneAccount() {
    Invitation made = await(invitations.add(draft("code")));
    assertThat(made.usedBy()).isEmpty();
    User grace = await(invitations.redeem("code", user("grace"), HASH, NOON)).orElseThrow();
    assertThat(await(metadata().users().find(grace.id()))).contains(grace);
    assertThat(await(metadata().users().passwordHash(grace.id()))).contains(HASH);
    assertThat(await(invitations.redeem("code", user("eve"), HASH, NOON))).isEmpty();
    assertThat(await(metadata().users().findByNameOrEmail("eve"))).isEmpty();
    assertThat(await(invitations.list(new Paging(1, 10))).items())
        .containsExactly(
            new Invitation(made.id(), "code", ADMIN, NOON, END, Optional.of(grace.id())));
  }

  @Test
  void ofTwoAtOnceOneIsLetIn() {
    await(invitations.add(draft("code")));
    Future<Optional<User>> grace = invitations.redeem("code", user("grace"), HASH, NOON);
    Future<Optional<User>> eve = invitations.redeem("code", user("eve"), HASH, NOON);
    assertThat(List.of(await(grace).isPresent(), await(eve).isPresent()))
        .containsExactlyInAnyOrder(true, false);
  }

  @Test
  void anAccountThatCantBeMadeLeavesItUnspent() {
    addUser("ada");
    await(invitations.add(draft("code")));
    assertThat(failureOf(invitations.redeem("code", user("ada"), HASH, NOON)))
        .isInstanceOf(Conflict.class);
    assertThat(await(invitations.redeem("code", user("grace"), HASH, NOON))).isPresent();
  }

  @Test
  void itEndsAndCanBeTakenBack() {
    await(invitations.add(draft("code")));
    assertThat(await(invitations.redeem("code", user("grace"), HASH, END))).isEmpty();
    assertThat(await(invitations.redeem("unknown", user("grace"), HASH, NOON))).isEmpty();
    long id = await(invitations.add(draft("another"))).id();
    assertThat(await(invitations.remove(id))).isTrue();
    assertThat(await(invitations.remove(id))).isFalse();
    assertThat(await(invitations.redeem("another", user("grace"), HASH, NOON))).isEmpty();
    assertThat(await(invitations.list(new Paging(1, 10))).total()).isEqualTo(1);
  }

  private static Invitation draft(String hash) {
    return new Invitation(0, hash, ADMIN, NOON, END, Optional.empty());
  }
}
