package io.mestral.storage.embedded.journal;

import static io.mestral.storage.embedded.journal.Journals.OTHER;
import static io.mestral.storage.embedded.journal.Journals.STREAM;
import static io.mestral.storage.embedded.journal.Journals.append;
import static io.mestral.storage.embedded.journal.Journals.damaged;
import static io.mestral.storage.embedded.journal.Journals.segments;
import static io.mestral.storage.embedded.journal.Journals.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.Settled;
import io.mestral.storage.embedded.journal.JournalReport.Cause;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalRecoveryTest {
  private static final List<String> BODIES = List.of("first", "second record", "3", "the fourth");

  @TempDir Path temp;
  private final Vertx vertx = Vertx.vertx();
  private int copies;

  @AfterEach
  void close() {
    Settled.value(vertx.close());
  }

  @Test
  void whateverIsCutOffTheEndAllRecordsBeforeTheCutAreThere() throws IOException {
    byte[] whole = smallSegment();
    List<Integer> ends = ends(whole);
    for (int cut = 0; cut <= whole.length; cut++) {
      Path folder = folderWith(Arrays.copyOf(whole, cut));
      int at = cut;
      long kept = ends.stream().filter(end -> end <= at).count();
      assertRecovers(folder, BODIES.subList(0, (int) kept), "cut at " + cut);
    }
  }

  @Test
  void whateverByteIsFlippedAllOtherRecordsAreThereAndNothingIsInvented() throws IOException {
    byte[] whole = smallSegment();
    List<Integer> ends = ends(whole);
    for (int flipped = 0; flipped < whole.length; flipped++) {
      byte[] bytes = whole.clone();
      bytes[flipped] ^= 0x10;
      Path folder = folderWith(bytes);
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < BODIES.size(); i++) {
        int start = ends.get(i) - BODIES.get(i).length() - RecordFormat.OVERHEAD;
        if (flipped < start || flipped >= ends.get(i)) expected.add(BODIES.get(i));
      }
      assertRecovers(folder, expected, "flipped " + flipped);
    }
  }

  @Test
  void theTornEndIsSetAsideAndItsNumbersAreNotUsedAgain() throws IOException {
    byte[] whole = smallSegment();
    int end = ends(whole).get(3);
    Path folder = folderWith(Arrays.copyOf(whole, end - 3));
    EmbeddedJournal journal = Journals.open(vertx, folder);
    assertThat(journal.report().damages())
        .singleElement()
        .satisfies(
            damage -> {
              assertThat(damage.cause()).isEqualTo(Cause.TORN_TAIL);
              assertThat(damage.to()).isEqualTo(end - 3);
              assertThat(damage.copy().orElseThrow())
                  .hasBinaryContent(
                      Arrays.copyOfRange(whole, (int) damage.from(), (int) damage.to()));
            });
    assertThat(append(journal, STREAM, "next")).isGreaterThan(4);
    Settled.value(journal.close());
    EmbeddedJournal again = Journals.open(vertx, folder);
    assertThat(again.report().damages()).isEmpty();
    assertThat(texts(again, STREAM)).containsExactly("first", "second record", "3", "next");
    Settled.value(again.close());
  }

  @Test
  void zerosBehindTheLastRecordAreNoDamage() throws IOException {
    byte[] whole = smallSegment();
    Path folder = folderWith(Arrays.copyOf(whole, whole.length + 5000));
    EmbeddedJournal journal = Journals.open(vertx, folder);
    assertThat(journal.report().damages()).isEmpty();
    assertThat(damaged(folder)).isEmpty();
    assertThat(texts(journal, STREAM)).isEqualTo(BODIES);
    assertThat(append(journal, STREAM, "next")).isEqualTo(5);
    Settled.value(journal.close());
  }

  @Test
  void damageInAnOldSegmentCostsOnlyItsRecordAndIsToldEachTimeWithOneCopy() throws IOException {
    Path folder = temp.resolve("old");
    EmbeddedJournal journal = Journals.open(vertx, folder);
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 40; i++) bodies.add("record " + i + " " + "x".repeat(300));
    for (String body : bodies) append(journal, STREAM, body);
    Settled.value(journal.close());
    assertThat(segments(folder)).hasSizeGreaterThan(3);
    Path old = segments(folder).get(1);
    byte[] bytes = Files.readAllBytes(old);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int hit = text.indexOf("record ", 1000);
    String victim = text.substring(hit, text.indexOf('x', hit)).trim();
    bytes[hit + 20] ^= 1;
    Files.write(old, bytes);

    for (int round = 0; round < 2; round++) {
      EmbeddedJournal again = Journals.open(vertx, folder);
      assertThat(again.report().damages())
          .singleElement()
          .satisfies(damage -> assertThat(damage.cause()).isEqualTo(Cause.DAMAGED));
      assertThat(again.report().bytesSetAside()).isGreaterThan(300);
      assertThat(damaged(folder)).hasSize(1);
      List<String> left = texts(again, STREAM);
      assertThat(left).hasSize(39).noneMatch(body -> body.startsWith(victim + " "));
      assertThat(bodies).containsAll(left);
      Settled.value(again.close());
    }
  }

  @Test
  void aRecordInsideABodyIsNotTakenForOneOfTheJournal() throws IOException {
    Path folder = temp.resolve("hostile");
    ByteBuffer inner = ByteBuffer.allocate(60);
    RecordFormat.putFixed(inner, RecordFormat.DATA, 1, 7);
    inner.put("invented".getBytes());
    new RecordFormat().seal(inner, 0, 1, RecordFormat.HEADER); // right, but for another place
    EmbeddedJournal journal = Journals.open(vertx, folder);
    append(journal, STREAM, "before");
    Buffer hostile = Buffer.buffer(Arrays.copyOf(inner.array(), inner.position()));
    Settled.value(journal.append(STREAM, hostile));
    append(journal, STREAM, "behind");
    Settled.value(journal.close());
    Path segment = segments(folder).get(0);
    byte[] bytes = Files.readAllBytes(segment);
    int at = indexOf(bytes, "invented") - RecordFormat.OVERHEAD - 5;
    bytes[at] ^= 1;
    Files.write(segment, bytes);
    assertRecovers(folder, List.of("before", "behind"), "hostile");
  }

  @Test
  void aSegmentOfANewerVersionIsSetAsideWhole() throws IOException {
    Path folder = folderWith(smallSegment());
    ByteBuffer newer = ByteBuffer.allocate(100);
    RecordFormat.putHeader(newer, 2);
    newer.putInt(8, RecordFormat.VERSION + 1);
    CRC32C crc = new CRC32C();
    crc.update(newer.array(), 0, 20);
    newer.putInt(20, (int) crc.getValue());
    Files.write(folder.resolve("00000002.journal"), newer.array());
    EmbeddedJournal journal = Journals.open(vertx, folder);
    assertThat(journal.report().damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.cause()).isEqualTo(Cause.NEWER_VERSION));
    assertThat(damaged(folder)).singleElement().asString().endsWith("00000002.journal");
    assertThat(texts(journal, STREAM)).isEqualTo(BODIES);
    Settled.value(journal.close());
  }

  @Test
  void aFolderFullOfRubbishOpens() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("rubbish"));
    byte[] noise = new byte[10_000];
    new Random(7).nextBytes(noise);
    Files.write(folder.resolve("00000001.journal"), noise);
    Files.write(folder.resolve("00000002.journal"), new byte[0]);
    Files.write(folder.resolve("00000003.journal"), new byte[7]);
    Files.writeString(folder.resolve("notes.txt"), "not ours");
    EmbeddedJournal journal = Journals.open(vertx, folder);
    assertThat(append(journal, STREAM, "works")).isPositive();
    assertThat(texts(journal, STREAM)).containsExactly("works");
    assertThat(damaged(folder))
        .singleElement()
        .satisfies(f -> assertThat(f).hasBinaryContent(noise));
    Settled.value(journal.close());
  }

  @Test
  void aTrimSurvivesAndAnotherStreamsRecordsToo() {
    Path folder = temp.resolve("trim");
    EmbeddedJournal journal = Journals.open(vertx, folder);
    for (int i = 1; i <= 30; i++) {
      append(journal, STREAM, "a" + i + "x".repeat(200));
      append(journal, OTHER, "b" + i);
    }
    Settled.value(journal.trim(STREAM, 29));
    Settled.value(journal.close());
    EmbeddedJournal again = Journals.open(vertx, folder);
    assertThat(texts(again, STREAM)).containsExactly("a30" + "x".repeat(200));
    assertThat(texts(again, OTHER)).hasSize(30).startsWith("b1").endsWith("b30");
    Settled.value(again.close());
  }

  private void assertRecovers(Path folder, List<String> expected, String what) {
    EmbeddedJournal journal = Journals.open(vertx, folder);
    assertThat(texts(journal, STREAM)).as(what).isEqualTo(expected);
    append(journal, STREAM, "new");
    Settled.value(journal.close());
    EmbeddedJournal again = Journals.open(vertx, folder);
    List<String> all = new ArrayList<>(expected);
    all.add("new");
    assertThat(texts(again, STREAM)).as(what + ", opened again").isEqualTo(all);
    Settled.value(again.close());
  }

  private byte[] smallSegment() throws IOException {
    Path folder = temp.resolve("whole");
    EmbeddedJournal journal = Journals.open(vertx, folder);
    for (String body : BODIES) append(journal, STREAM, body);
    Settled.value(journal.close());
    return Files.readAllBytes(segments(folder).get(0));
  }

  private static List<Integer> ends(byte[] segment) {
    List<Integer> ends = new ArrayList<>();
    for (String body : BODIES) ends.add(indexOf(segment, body) + body.length());
    return ends;
  }

  private static int indexOf(byte[] bytes, String text) {
    byte[] wanted = text.getBytes();
    for (int i = RecordFormat.HEADER; ; i++)
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) return i;
  }

  private Path folderWith(byte[] segment) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("copy" + copies++));
    Files.write(folder.resolve("00000001.journal"), segment);
    return folder;
  }
}
