package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.MailQueue.Waiting;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every engine's {@link MailQueue} does. */
public abstract class MailQueueContract extends MetadataContract {
  private MailQueue mails() {
    return metadata().mails();
  }

  @Test
  void aMailIsDueAtOnceAndAsAdded() throws Exception {
    Mail mail = new Mail("welcome/7", "Ada <ada@example.org>", "Hola \u2713", "a\nb", NOON);
    await(mails().add(mail));
    reopen();
    List<Waiting> due = await(mails().due(NOON, 10));
    assertThat(due).containsExactly(new Waiting(due.get(0).id(), mail, 0));
    assertThat(await(mails().size())).isEqualTo(1);
    assertThat(await(mails().due(NOON.minusMillis(1), 10))).isEmpty();
  }

  @Test
  void oneEventMakesOneMail() {
    await(mails().add(mail("a", NOON)));
    await(mails().add(mail("a", NOON.plusSeconds(1))));
    assertThat(await(mails().size())).isEqualTo(1);
  }

  @Test
  void whatHasWaitedLongestComesFirst() {
    await(mails().add(mail("late", NOON.plusSeconds(2))));
    await(mails().add(mail("early", NOON)));
    await(mails().add(mail("between", NOON.plusSeconds(1))));
    assertThat(await(mails().due(NOON.plusSeconds(9), 2)))
        .extracting(waiting -> waiting.mail().event())
        .containsExactly("early", "between");
  }

  @Test
  void anAttemptIsCountedBeforeItBeginsAndOnlyOneMakesIt() throws Exception {
    await(mails().add(mail("a", NOON)));
    Waiting first = await(mails().due(NOON, 1)).get(0);
    assertThat(await(mails().begin(first, NOON.plusSeconds(60)))).isTrue();
    assertThat(await(mails().begin(first, NOON.plusSeconds(60)))).isFalse();
    reopen();
    assertThat(await(mails().due(NOON.plusSeconds(59), 10))).isEmpty();
    Waiting second = await(mails().due(NOON.plusSeconds(60), 10)).get(0);
    assertThat(second).isEqualTo(new Waiting(first.id(), first.mail(), 1));
    assertThat(await(mails().begin(second, NOON.plusSeconds(90)))).isTrue();
    await(mails().postpone(first.id(), NOON.plusSeconds(120)));
    assertThat(await(mails().due(NOON.plusSeconds(119), 10))).isEmpty();
    assertThat(await(mails().due(NOON.plusSeconds(120), 10)).get(0).attempts()).isEqualTo(2);
  }

  @Test
  void whatIsSentIsForgotten() {
    await(mails().add(mail("a", NOON)));
    Waiting mail = await(mails().due(NOON, 1)).get(0);
    await(mails().remove(mail.id()));
    await(mails().remove(mail.id()));
    await(mails().postpone(mail.id(), NOON));
    assertThat(await(mails().begin(mail, NOON))).isFalse();
    assertThat(await(mails().due(NOON, 10))).isEmpty();
    assertThat(await(mails().size())).isZero();
  }

  private static Mail mail(String event, Instant at) {
    return new Mail(event, "ada@example.org", "s", "b", at);
  }
}
