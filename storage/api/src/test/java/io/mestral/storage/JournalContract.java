package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.outcome.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every journal promises. */
public abstract class JournalContract {
  protected static final StreamName UP = new StreamName("uplink");
  protected static final StreamName PARTNER = new StreamName("partner:aire-net/é");

  /** The journal under test; it takes 64 KiB in all and 4 KiB in a record. */
  protected abstract Journal journal();

  /** Closes the journal and opens it again. */
  protected abstract Journal reopened();

  @Test
  void recordsOfAStreamAreNumberedInTheOrderOfTheCalls() {
    List<Future<Long>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) answers.add(append(UP, "record " + i));
    for (int i = 0; i < 50; i++) assertThat(Settled.value(answers.get(i))).isEqualTo(i + 1);
    List<String> texts = IntStream.range(0, 50).mapToObj(i -> "record " + i).toList();
    assertThat(bodies(UP, 0, 100)).isEqualTo(texts);
  }

  @Test
  void streamsDoNotSeeEachOther() {
    Settled.value(append(UP, "a"));
    assertThat(Settled.value(append(PARTNER, "x"))).isEqualTo(1);
    Settled.value(append(UP, "b"));
    assertThat(bodies(UP, 0, 10)).containsExactly("a", "b");
    assertThat(bodies(PARTNER, 0, 10)).containsExactly("x");
    assertThat(bodies(new StreamName("nobody"), 0, 10)).isEmpty();
  }

  @Test
  void readingGoesOnWhereItStopped() {
    for (String body : List.of("a", "b", "c", "d")) Settled.value(append(UP, body));
    List<JournalRecord> two = Settled.value(journal().read(UP, 0, 2));
    assertThat(two).extracting(JournalRecord::sequence).containsExactly(1L, 2L);
    assertThat(bodies(UP, 2, 10)).containsExactly("c", "d");
    assertThat(bodies(UP, 4, 10)).isEmpty();
  }

  @Test
  void whatIsTrimmedIsGoneAndTheRestStays() {
    for (String body : List.of("a", "b", "c")) Settled.value(append(UP, body));
    Settled.value(append(PARTNER, "x"));
    Settled.value(journal().trim(UP, 2));
    assertThat(bodies(UP, 0, 10)).containsExactly("c");
    Settled.value(journal().trim(UP, 1)); // never back
    assertThat(bodies(UP, 0, 10)).containsExactly("c");
    assertThat(bodies(PARTNER, 0, 10)).containsExactly("x");
  }

  @Test
  void aReopenedJournalStillHasEverything() {
    for (String body : List.of("a", "b", "c")) Settled.value(append(UP, body));
    Settled.value(append(PARTNER, "x"));
    Settled.value(journal().trim(UP, 1));
    Journal again = reopened();
    assertThat(texts(Settled.value(again.read(UP, 0, 10)))).containsExactly("b", "c");
    assertThat(texts(Settled.value(again.read(PARTNER, 0, 10)))).containsExactly("x");
  }

  @Test
  void aNumberIsNeverUsedTwiceEvenWhenAllIsTrimmedAndReopened() {
    for (String body : List.of("a", "b", "c")) Settled.value(append(UP, body));
    Settled.value(journal().trim(UP, 3));
    reopened();
    reopened();
    assertThat(Settled.value(append(UP, "d"))).isEqualTo(4);
    assertThat(bodies(UP, 0, 10)).containsExactly("d");
  }

  @Test
  void anEmptyBodyIsARecord() {
    Settled.value(append(UP, ""));
    assertThat(bodies(UP, 0, 10)).containsExactly("");
  }

  @Test
  void aRecordThatIsTooLargeIsRefused() {
    Settled.isRefused(journal().append(UP, Buffer.buffer(new byte[4097])), Refusal.TOO_LARGE);
    Settled.value(journal().append(UP, Buffer.buffer(new byte[4096])));
  }

  @Test
  void aFullJournalRefusesAndTrimmingMakesRoom() {
    Buffer body = Buffer.buffer(new byte[1024]);
    long kept = 0;
    Future<Long> last = journal().append(UP, body);
    while (kept < 100 && succeeds(last)) {
      kept = last.result();
      last = journal().append(UP, body);
    }
    assertThat(kept).isBetween(30L, 63L);
    Settled.isRefused(last, Refusal.QUOTA_EXCEEDED);
    Settled.isRefused(journal().check(), Refusal.QUOTA_EXCEEDED);
    Settled.value(journal().trim(UP, kept));
    long next = Settled.value(journal().append(UP, body));
    assertThat(next).isGreaterThan(kept);
    Settled.value(journal().check());
  }

  @Test
  void aJournalThatIsFullStillTakesWhatMakesRoom() {
    Buffer body = Buffer.buffer(new byte[1024]);
    while (succeeds(journal().append(UP, body))) {
      assertThat(journal().size()).isLessThan(journal().maxSize());
    }
    int more = 0;
    while (succeeds(journal().appendFreeing(PARTNER, body))) more++;
    assertThat(more).isBetween(4, 8); // of 64 KiB an eighth
    assertThat(journal().size()).isLessThanOrEqualTo(journal().maxSize());
    Settled.isRefused(journal().appendFreeing(UP, body), Refusal.QUOTA_EXCEEDED);
  }

  @Test
  void whatIsSetAsideStaysUntilItIsTrimmed() {
    Settled.value(append(UP, "a"));
    JournalRecord record = Settled.value(journal().read(UP, 0, 1)).get(0);
    Settled.value(journal().setAside(UP, record));
    Settled.value(journal().setAside(UP, record));
    assertThat(bodies(UP, 0, 10)).containsExactly("a");
  }

  @Test
  void whatOnlySomeStreamsHoldIsKnown() {
    assertThat(Settled.value(journal().heldBy(List.of(UP, PARTNER)))).isZero();
    String large = "x".repeat(4000);
    for (int i = 0; i < 8; i++) Settled.value(append(UP, large));
    long held = Settled.value(journal().heldBy(List.of(UP)));
    assertThat(held).isBetween(8000L, journal().size());
    assertThat(Settled.value(journal().heldBy(List.of(PARTNER)))).isZero();
    for (int i = 0; i < 4; i++) Settled.value(append(PARTNER, large));
    assertThat(Settled.value(journal().heldBy(List.of(UP, PARTNER)))).isGreaterThan(held);
    Settled.value(journal().trim(UP, 8));
    assertThat(Settled.value(journal().heldBy(List.of(UP)))).isZero();
  }

  @Test
  void aClosedJournalRefuses() {
    Settled.value(journal().close());
    Settled.isRefused(append(UP, "late"), Refusal.UNAVAILABLE);
    Settled.isRefused(journal().read(UP, 0, 1), Refusal.UNAVAILABLE);
    Settled.value(journal().close()); // closing twice is no mistake
  }

  private static boolean succeeds(Future<Long> future) {
    return Settled.value(future.map(true).otherwise(false));
  }

  private Future<Long> append(StreamName stream, String body) {
    return journal().append(stream, Buffer.buffer(body));
  }

  private List<String> bodies(StreamName stream, long after, int limit) {
    return texts(Settled.value(journal().read(stream, after, limit)));
  }

  private static List<String> texts(List<JournalRecord> records) {
    return records.stream().map(record -> record.body().toString()).toList();
  }
}
