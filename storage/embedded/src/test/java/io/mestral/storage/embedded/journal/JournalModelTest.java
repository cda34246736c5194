package io.mestral.storage.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.JournalRecord;
import io.mestral.storage.Settled;
import io.mestral.storage.StreamName;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** The journal against sorted maps. */
class JournalModelTest {
  private static final Vertx VERTX = Vertx.vertx();

  private enum What {
    APPEND,
    LARGE,
    TRIM,
    REOPEN
  }

  private record Step(What what, int stream, int number) {}

  @AfterContainer
  static void close() {
    Settled.value(VERTX.close());
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<What> what =
        Arbitraries.frequency(
            Tuple.of(20, What.APPEND),
            Tuple.of(5, What.LARGE),
            Tuple.of(4, What.TRIM),
            Tuple.of(1, What.REOPEN));
    return Combinators.combine(
            what, Arbitraries.integers().between(0, 5), Arbitraries.integers().between(1, 60))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(120);
  }

  @Property(tries = 60)
  void readsWhatTheModelReads(@ForAll("steps") List<Step> steps) throws IOException {
    Path folder = Files.createTempDirectory("journal-model");
    try {
      Run run = new Run(folder);
      steps.forEach(run::take);
      run.reopen();
      run.compare();
      Settled.value(run.journal.close());
    } finally {
      delete(folder);
    }
  }

  private static final class Run {
    private final Path folder;
    private final Map<Integer, TreeMap<Long, String>> model = new HashMap<>();
    private final Map<Integer, Long> last = new HashMap<>();
    private EmbeddedJournal journal;

    Run(Path folder) {
      this.folder = folder;
      journal = Journals.open(VERTX, folder);
    }

    void take(Step step) {
      switch (step.what()) {
        case APPEND -> append(step.stream(), "s" + step.number());
        case LARGE -> append(step.stream(), "large".repeat(step.number() * 10));
        case TRIM -> trim(step.stream(), step.number());
        case REOPEN -> reopen();
      }
      compareOne(step.stream(), step.number());
    }

    private void append(int stream, String body) {
      long sequence = Journals.append(journal, name(stream), body);
      assertThat(sequence).isEqualTo(last.getOrDefault(stream, 0L) + 1);
      last.put(stream, sequence);
      model.computeIfAbsent(stream, key -> new TreeMap<>()).put(sequence, body);
    }

    private void trim(int stream, long upTo) {
      Settled.value(journal.trim(name(stream), upTo));
      // numbers that were never given away cannot be trimmed
      model.getOrDefault(stream, new TreeMap<>()).headMap(upTo, true).clear();
    }

    void reopen() {
      Settled.value(journal.close());
      journal = Journals.open(VERTX, folder);
      assertThat(journal.report().damages()).isEmpty();
    }

    void compare() {
      for (int stream = 0; stream <= 5; stream++) compareOne(stream, 1);
    }

    private void compareOne(int stream, long after) {
      TreeMap<Long, String> expected = model.getOrDefault(stream, new TreeMap<>());
      List<JournalRecord> all = Settled.value(journal.read(name(stream), 0, Integer.MAX_VALUE));
      assertThat(all.stream().map(JournalRecord::sequence))
          .containsExactlyElementsOf(expected.keySet());
      assertThat(all.stream().map(JournalRecord::body).map(Buffer::toString))
          .containsExactlyElementsOf(expected.values());
      List<JournalRecord> some = Settled.value(journal.read(name(stream), after, 3));
      assertThat(some.stream().map(JournalRecord::sequence))
          .containsExactlyElementsOf(
              expected.tailMap(after, false).keySet().stream().limit(3).toList());
    }

    private static StreamName name(int stream) {
      return new StreamName("stream-" + stream);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
