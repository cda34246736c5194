package io.mestral.storage.embedded.journal;

import static io.mestral.storage.embedded.journal.Journals.OTHER;
import static io.mestral.storage.embedded.journal.Journals.STREAM;
import static io.mestral.storage.embedded.journal.Journals.append;
import static io.mestral.storage.embedded.journal.Journals.segments;
import static io.mestral.storage.embedded.journal.Journals.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.Settled;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedJournalTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Settled.value(vertx.close());
  }

  @Test
  void anApplierSeesWhatIsThereAndThenWhatComesAsOneSequence() {
    EmbeddedJournal journal = Journals.open(vertx, folder);
    for (String body : List.of("a", "b", "c")) append(journal, STREAM, body);
    append(journal, OTHER, "not for it");
    Settled.value(journal.trim(STREAM, 1));
    Settled.value(journal.close());
    journal = Journals.open(vertx, folder);
    List<String> applied = new ArrayList<>();
    journal.attach(STREAM, (sequence, body) -> applied.add(sequence + body.toString()));
    assertThat(applied).containsExactly("2b", "3c");
    append(journal, STREAM, "d");
    append(journal, OTHER, "nor this");
    assertThat(applied).containsExactly("2b", "3c", "4d");
    Settled.value(journal.close());
  }

  @Test
  void largeRecordsAreReadAFewAtATime() {
    EmbeddedJournal journal =
        EmbeddedJournal.open(vertx, folder, JournalOptions.DEFAULTS, new SimpleMeterRegistry());
    Buffer large = Buffer.buffer(new byte[3 << 20]);
    for (int i = 0; i < 5; i++) Settled.value(journal.append(STREAM, large));
    assertThat(Settled.value(journal.read(STREAM, 0, 5))).hasSize(2);
    assertThat(Settled.value(journal.read(STREAM, 2, 5))).hasSize(2);
    assertThat(Settled.value(journal.read(STREAM, 4, 5))).hasSize(1);
    List<Long> applied = new ArrayList<>();
    journal.attach(STREAM, (sequence, body) -> applied.add(sequence));
    assertThat(applied).containsExactly(1L, 2L, 3L, 4L, 5L);
    Settled.value(journal.close());
  }

  @Test
  void aRecordIsAppliedBeforeItsFutureCompletes() {
    EmbeddedJournal journal = Journals.open(vertx, folder);
    List<Long> applied = new ArrayList<>();
    journal.attach(STREAM, (sequence, body) -> applied.add(sequence));
    for (int i = 0; i < 50; i++) assertThat(applied).hasSize((int) append(journal, STREAM, "r"));
    Settled.value(journal.close());
  }

  @Test
  void anApplierThatFailsStopsNobody() {
    EmbeddedJournal journal = Journals.open(vertx, folder);
    journal.attach(
        STREAM,
        (sequence, body) -> {
          throw new IllegalStateException("on purpose");
        });
    append(journal, STREAM, "a");
    append(journal, OTHER, "b");
    assertThat(texts(journal, STREAM)).containsExactly("a");
    Settled.value(journal.close());
  }

  @Test
  void whatAnApplierCannotUseIsKeptApartOrNotTrimmed() throws IOException {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    EmbeddedJournal journal = EmbeddedJournal.open(vertx, folder, Journals.SMALL, meters);
    Applier picky =
        (sequence, body) -> {
          if (body.toString().startsWith("?")) throw new IllegalStateException("on purpose");
        };
    journal.attach(STREAM, picky);
    for (String body : List.of("a", "?b", "c")) append(journal, STREAM, body);
    assertThat(folder.resolve("damaged/record-readings-2")).hasContent("?b");
    assertThat(meters.get("mestral.journal.set.aside").functionCounter().count()).isEqualTo(1);
    Settled.value(journal.trim(STREAM, 3));
    assertThat(texts(journal, STREAM)).isEmpty();

    Files.delete(folder.resolve("damaged/record-readings-2"));
    Files.delete(folder.resolve("damaged"));
    Files.createFile(folder.resolve("damaged")); // nothing can be written there
    for (String body : List.of("d", "?e", "f")) append(journal, STREAM, body);
    Settled.value(journal.trim(STREAM, 6));
    assertThat(texts(journal, STREAM)).containsExactly("?e", "f");
    Settled.value(journal.close());
    Files.delete(folder.resolve("damaged"));
    journal = Journals.open(vertx, folder);
    journal.attach(STREAM, picky);
    assertThat(folder.resolve("damaged/record-readings-5")).hasContent("?e");
    Settled.value(journal.close());
  }

  @Test
  void answersComeOnTheCallersContextInTheOrderOfTheCalls() {
    EmbeddedJournal journal = Journals.open(vertx, folder);
    Context context = vertx.getOrCreateContext();
    Promise<List<Long>> told = Promise.promise();
    context.runOnContext(
        turn -> {
          List<Long> order = new ArrayList<>();
          for (int i = 0; i < 200; i++)
            journal
                .append(STREAM, Buffer.buffer("r"))
                .onSuccess(
                    sequence -> {
                      if (Vertx.currentContext() != context) told.tryFail("on another context");
                      order.add(sequence);
                      if (order.size() == 200) told.tryComplete(order);
                    });
        });
    assertThat(Settled.value(told.future()))
        .isEqualTo(LongStream.rangeClosed(1, 200).boxed().toList());
    Settled.value(journal.close());
  }

  @Test
  void segmentsThatNobodyNeedsAreDeletedAndAStreamBehindKeepsItsOwn() {
    EmbeddedJournal journal = Journals.open(vertx, folder);
    append(journal, OTHER, "the one that is behind");
    for (int i = 0; i < 60; i++) append(journal, STREAM, "x".repeat(500));
    int before = segments(folder).size();
    assertThat(before).isGreaterThan(6);
    Settled.value(journal.trim(STREAM, 60));
    append(journal, STREAM, "y"); // deleting comes first with the next group
    assertThat(segments(folder)).hasSize(2);
    assertThat(texts(journal, OTHER)).containsExactly("the one that is behind");
    assertThat(texts(journal, STREAM)).containsExactly("y");
    Settled.value(journal.close());
  }

  @Test
  void startingOverAndOverLeavesNoHeapOfFiles() {
    for (int i = 0; i < 10; i++) {
      EmbeddedJournal journal = Journals.open(vertx, folder);
      append(journal, STREAM, "x");
      Settled.value(journal.trim(STREAM, Long.MAX_VALUE));
      Settled.value(journal.close());
    }
    assertThat(segments(folder)).hasSizeLessThan(4);
  }

  @Test
  void manyCallersAtOnceEachGetANumberOfTheirOwn() {
    EmbeddedJournal journal = Journals.open(vertx, folder);
    List<Future<Long>> answers = new ArrayList<>();
    for (int caller = 0; caller < 8; caller++) {
      Context context = vertx.getOrCreateContext();
      for (int i = 0; i < 50; i++) {
        Promise<Long> answer = Promise.promise();
        answers.add(answer.future());
        context.runOnContext(turn -> journal.append(STREAM, Buffer.buffer("r")).onComplete(answer));
      }
    }
    Settled.value(Future.all(answers));
    assertThat(answers.stream().map(Future::result).sorted())
        .isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
    Settled.value(journal.close());
  }
}
