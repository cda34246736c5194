package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.UserId;
import io.mestral.model.platform.MailTopic;
import io.mestral.model.platform.User;
import io.mestral.storage.Digests.Reader;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every registry promises of those who want a digest. */
public abstract class DigestsContract extends MetadataContract {
  private static final UserId FIRST = new UserId(0);
  private static final Instant MONDAY = NOON.minusSeconds(100);
  private User ada;
  private Digests digests;

  @BeforeEach
  void addReaders() {
    addUser("bob");
    ada = reader("ada");
    digests = metadata().digests();
  }

  @Test
  void onlyWhoWantsOneIsDue() {
    User grace = reader("grace");
    assertThat(await(digests.due(FIRST, NOON, 10)))
        .containsExactly(new Reader(ada, Optional.empty()), new Reader(grace, Optional.empty()));
    assertThat(await(digests.due(ada.id(), NOON, 10)))
        .extracting(Reader::user)
        .containsExactly(grace);
    await(metadata().departures().archive(grace.id(), false, NOON));
    assertThat(await(digests.due(FIRST, NOON, 10))).hasSize(1);
  }

  @Test
  void ofTwoNodesThatTellOneIsRight() {
    Future<Boolean> one = digests.tell(ada.id(), mail("one"), NOON, MONDAY);
    Future<Boolean> other = digests.tell(ada.id(), mail("other"), NOON, MONDAY);
    assertThat(List.of(await(one), await(other))).containsExactlyInAnyOrder(true, false);
    assertThat(await(metadata().mails().size())).isEqualTo(1);
    assertThat(await(digests.due(FIRST, NOON, 10))).isEmpty();
    assertThat(await(digests.due(FIRST, NOON.plusSeconds(1), 10)))
        .containsExactly(new Reader(ada, Optional.of(NOON)));
    assertThat(await(digests.tell(ada.id(), mail("third"), NOON.plusSeconds(9), NOON))).isFalse();
    assertThat(
            await(digests.tell(ada.id(), mail("fourth"), NOON.plusSeconds(9), NOON.plusSeconds(1))))
        .isTrue();
  }

  @Test
  void whoUnsubscribedMeanwhileIsNotTold() {
    await(
        metadata()
            .users()
            .update(
                ada.id(),
                user -> user.with(user.preferences().with(MailTopic.WEEKLY_DIGEST, false))));
    assertThat(await(digests.tell(ada.id(), mail("one"), NOON, MONDAY))).isFalse();
    assertThat(await(metadata().mails().size())).isZero();
  }

  private User reader(String name) {
    User user = user(name);
    return await(
        metadata()
            .users()
            .add(user.with(user.preferences().with(MailTopic.WEEKLY_DIGEST, true)), HASH));
  }

  private static Mail mail(String event) {
    return new Mail(event, "ada@example.org", "s", "b", NOON);
  }
}
