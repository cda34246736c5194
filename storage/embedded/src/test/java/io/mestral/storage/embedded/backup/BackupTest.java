package io.mestral.storage.embedded.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.config.Retention;
import io.mestral.config.StorageOptions;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.platform.SealedToken;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.HeldMessage;
import io.mestral.storage.Network;
import io.mestral.storage.Orphan;
import io.mestral.storage.Orphan.Details;
import io.mestral.storage.OrphanRegistry;
import io.mestral.storage.Settled;
import io.mestral.storage.StreamName;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final long APRIL = 1_775_001_600L; // 2026-04-01T00:00:00Z
  private static final long MARCH = APRIL - 20 * 86_400;
  private static final Instant NOW = Instant.parse("2026-04-02T00:00:00Z");
  private static final StreamName OTHER = new StreamName("mqtt");

  @TempDir Path temp;
  private final Vertx vertx = Vertx.vertx();
  private StoresOnDisk node;
  private Path backup;

  @BeforeEach
  void open() throws IOException {
    Path data = Files.createDirectories(temp.resolve("data"));
    Files.write(data.resolve("node.key"), new byte[64]);
    Files.writeString(data.resolve("mestral.format"), "mestral data folder, format 1\n");
    backup = temp.resolve("backup");
    node = new StoresOnDisk(vertx, data, 1000);
  }

  @AfterEach
  void close() {
    node.close();
    Settled.value(vertx.close());
  }

  @Test
  void aBackupBringsBackAllThatWasAcknowledgedBefore() throws IOException {
    for (int device = 1; device <= 3; device++) node.appendMinutes(device, MARCH, 500);
    for (int device = 1; device <= 3; device++) node.appendMinutes(device, APRIL, 100);
    Settled.value(node.journal.append(OTHER, Buffer.buffer("for a session")));
    Samples first = node.read(1);
    Manifest manifest = take(Pace.unbounded());

    assertThat(manifest.problems()).isEmpty();
    assertThat(manifest.readings()).isEqualTo(1800);
    assertThat(manifest.files())
        .extracting(Manifest.Entry::name)
        .contains(
            "metadata.db",
            "node.key",
            "readings/readings-2026-03.db",
            "readings/series.db",
            "journal/00000001.journal");
    assertThat(Restore.of(backup).problems()).isEmpty();
    Path data = temp.resolve("restored");
    Restore.of(backup).into(data, "mestral.format", () -> {});
    StoresOnDisk restored = new StoresOnDisk(vertx, data, 1000);
    assertThat(restored.read(1)).isEqualTo(first);
    assertThat(restored.read(2)).isEqualTo(node.read(2));
    assertThat(days(restored)).isEqualTo(days(node)).isNotEmpty();
    assertThat(Settled.value(restored.readings.latest(List.of(new DeviceId(1)))))
        .isEqualTo(Settled.value(node.readings.latest(List.of(new DeviceId(1)))));
    assertThat(Settled.value(restored.journal.read(OTHER, 0, 10)))
        .extracting(record -> record.body().toString())
        .containsExactly("for a session");
    assertThat(restored.journal.report().damages()).isEmpty();
    assertThat(restored.metadata.report().damage()).isEmpty();
    restored.close();
  }

  @Test
  void whatComesWhileItIsTakenIsInItOrNot() throws Exception {
    AtomicInteger acknowledged = new AtomicInteger();
    AtomicBoolean enough = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1500); // so that something is sealed
    Thread kit =
        new Thread(
            () -> {
              for (int i = 0; !enough.get(); i++) {
                node.append(1, MARCH + i * 600L, i);
                acknowledged.set(i + 1);
                begun.countDown();
              }
            });
    kit.start();
    begun.await();
    for (int round = 0; round < 5; round++) {
      int before = acknowledged.get();
      backup = temp.resolve("backup-" + round);
      int goal = before + 1500;
      take(bytes -> awaitAtLeast(acknowledged, goal));
      Path data = temp.resolve("restored-" + round);
      Restore.of(backup).into(data, "mestral.format", () -> {});
      StoresOnDisk restored = new StoresOnDisk(vertx, data, 1000);
      Samples found = restored.read(1);
      assertThat(found.size()).isGreaterThanOrEqualTo(before).isLessThan(acknowledged.get());
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.time(i)).isEqualTo(MARCH + i * 600L);
        assertThat(found.value(i)).isEqualTo(i);
      }
      assertThat(
              Settled.value(restored.readings.latest(List.of(new DeviceId(1))))
                  .get(new DeviceId(1))
                  .get(new SensorId(55))
                  .epochSecond())
          .as("the newest is of the same moment")
          .isEqualTo(found.time(found.size() - 1));
      restored.close();
    }
    enough.set(true);
    kit.join();
  }

  @Test
  void whatIsTakenOverFromTheMetadataMeanwhileIsStillInIt() throws IOException {
    OrphanRegistry orphans = node.metadata.orphans();
    long orphan = Settled.value(orphans.add(orphan(), Network.UNKNOWN)).id();
    Buffer payload = Buffer.buffer("sent before it was registered");
    Settled.value(
        orphans.hold(orphan, new HeldMessage(0, HeldMessage.Kind.READINGS, payload, NOW)));
    AtomicBoolean taken = new AtomicBoolean();
    take(
        bytes -> {
          if (!taken.compareAndSet(false, true)) return;
          node.append(1, APRIL, 1);
          Settled.value(orphans.forget(orphan, Long.MAX_VALUE));
        });
    assertThat(taken).isTrue();
    Path data = temp.resolve("restored");
    Restore.of(backup).into(data, "mestral.format", () -> {});
    StoresOnDisk restored = new StoresOnDisk(vertx, data, 1000);
    int held = Settled.value(restored.metadata.orphans().held(orphan, 0, 10)).size();
    assertThat(held + restored.read(1).size()).isPositive();
    restored.close();
  }

  @Test
  void whatMovesFromTheMetadataToTheJournalIsInOneOfThem() throws Exception {
    OrphanRegistry orphans = node.metadata.orphans();
    long orphan = Settled.value(orphans.add(orphan(), Network.UNKNOWN)).id();
    AtomicInteger acknowledged = new AtomicInteger();
    AtomicBoolean enough = new AtomicBoolean();
    Thread kit =
        new Thread(
            () -> {
              for (int i = 0; !enough.get(); i++) {
                Buffer number = Buffer.buffer().appendInt(i);
                Settled.value(
                    orphans.hold(
                        orphan, new HeldMessage(0, HeldMessage.Kind.READINGS, number, NOW)));
                acknowledged.set(i + 1);
                node.append(1, APRIL + i, i);
                Settled.value(orphans.forget(orphan, Long.MAX_VALUE));
              }
            });
    kit.start();
    for (int round = 0; round < 5; round++) {
      int goal = acknowledged.get() + 20;
      awaitAtLeast(acknowledged, goal);
      backup = temp.resolve("backup-" + round);
      take(bytes -> {});
      Path data = temp.resolve("restored-" + round);
      Restore.of(backup).into(data, "mestral.format", () -> {});
      StoresOnDisk restored = new StoresOnDisk(vertx, data, 1000);
      Set<Integer> found = new HashSet<>();
      Samples samples = restored.read(1);
      for (int i = 0; i < samples.size(); i++) found.add((int) samples.value(i));
      for (HeldMessage held : Settled.value(restored.metadata.orphans().held(orphan, 0, 10)))
        found.add(held.payload().getInt(0));
      for (int i = 0; i < goal; i++) assertThat(found).contains(i);
      restored.close();
    }
    enough.set(true);
    kit.join();
  }

  @Test
  void aBackupAcrossAChangeOfWhatTheFolderSaysIsNone() {
    node.appendMinutes(1, APRIL, 100);
    assertThatThrownBy(
            () ->
                take(
                    bytes -> {
                      try {
                        Files.write(temp.resolve("data/node.key"), new byte[] {1});
                      } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                      }
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("node.key changed while the backup was made");
    assertThat(backup).doesNotExist();
  }

  @Test
  void aBackupOfStoresThatAreNotUsedAnyMoreIsNone() {
    Sources before = node.sources();
    Sources after =
        new Sources(
            before.folder(),
            before.journal(),
            Optional.empty(),
            before.metadata(),
            before.elsewhere(),
            before.smallFiles());
    AtomicInteger asked = new AtomicInteger();
    Backup given =
        new Backup(
            () -> asked.getAndIncrement() == 0 ? before : after,
            new Progress(),
            Pace.unbounded(),
            () -> false);
    assertThatThrownBy(() -> given.take(backup, "1", NOW))
        .hasMessageContaining("were moved while the backup was made");
    assertThat(backup).doesNotExist();
  }

  private static Orphan orphan() {
    return new Orphan(
        0, UUID.randomUUID(), new SealedToken("hash", new byte[8]), Details.NONE, true, NOW, NOW);
  }

  private static void awaitAtLeast(AtomicInteger number, int goal) {
    while (number.get() < goal) Thread.onSpinWait();
  }

  @Test
  void whatWasChangedInABackupIsNamed() throws IOException {
    node.appendMinutes(1, APRIL, 1500);
    Manifest manifest = take(Pace.unbounded());
    for (Manifest.Entry entry : manifest.files()) {
      Path file = backup.resolve(entry.name());
      flip(file, entry.bytes() / 2);
      assertThat(Restore.of(backup).problems())
          .containsExactly(entry.name() + " has another checksum than when it was made");
      flip(file, entry.bytes() / 2);
    }
    assertThat(Restore.of(backup).problems()).isEmpty();
    Path month = backup.resolve("readings/readings-2026-04.db");
    Files.move(month, temp.resolve("month"));
    assertThat(Restore.of(backup).problems())
        .containsExactly("readings/readings-2026-04.db is missing");
    Files.copy(temp.resolve("month"), month);
    Files.write(backup.resolve("journal/99999999.journal"), new byte[1]);
    assertThat(Restore.of(backup).problems())
        .containsExactly("journal/99999999.journal does not belong to the backup");
  }

  @Test
  void aFolderWithoutAWholeManifestIsNoBackup() throws IOException {
    take(Pace.unbounded());
    Path manifest = backup.resolve(Manifest.NAME);
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.substring(0, text.length() / 2));
    assertThatThrownBy(() -> Restore.of(backup)).isInstanceOf(Unusable.class);
    Files.writeString(manifest, text.replace("\"format\" : 1,\n  \"made", "\"format\":2,\"made"));
    assertThatThrownBy(() -> Restore.of(backup)).hasMessageContaining("newer version");
    Files.writeString(manifest, text.replace("node.key", "../node.key"));
    assertThatThrownBy(() -> Restore.of(backup)).hasMessageContaining("outside");
    Files.delete(manifest);
    assertThatThrownBy(() -> Restore.of(backup)).hasMessageContaining("is no backup");
  }

  @Test
  void onlyEmptyFoldersOutsideAreUsed() throws IOException {
    Path inside = node.folder.resolve("backup");
    Path link = Files.createSymbolicLink(temp.resolve("link"), node.folder);
    Path full = Files.createDirectories(temp.resolve("full"));
    Files.writeString(full.resolve("letter"), "mine");
    assertThatThrownBy(() -> take(inside)).hasMessageContaining("inside the data folder");
    assertThatThrownBy(() -> take(link.resolve("b"))).hasMessageContaining("inside the data");
    assertThatThrownBy(() -> take(temp)).hasMessageContaining("data folder is inside");
    assertThatThrownBy(() -> take(full)).hasMessageContaining("is not empty");
    assertThat(inside).doesNotExist();
    assertThat(full.resolve("letter")).hasContent("mine");
    take(Files.createDirectories(temp.resolve("empty")));
    assertThatThrownBy(
            () -> Restore.of(temp.resolve("empty")).into(full, "mestral.format", () -> {}))
        .hasMessageContaining("is not empty");
    assertThat(full.resolve("letter")).hasContent("mine");
  }

  @Test
  void theTopOfAFileSystemIsUsedLikeAnEmptyFolder() throws IOException {
    Path its = Files.createDirectories(backup.resolve("lost+found/#12"));
    Backup given = new Backup(node::sources, new Progress(), Pace.unbounded(), () -> true);
    assertThatThrownBy(() -> given.take(backup, "1", NOW)).hasMessageContaining("the node stops");
    assertThat(its).exists();
    Files.createFile(its.resolve("found"));
    take(Pace.unbounded());
    assertThat(Restore.of(backup).problems()).isEmpty();
    Path data = temp.resolve("restored");
    Path found = Files.createDirectories(data.resolve("lost+found"));
    Restore.of(backup).into(data, "mestral.format", () -> {});
    assertThat(data.resolve("metadata.db")).exists();
    assertThat(found).exists();
  }

  @Test
  void whatIsToBeDoneIsDoneBeforeAnybodyTakesTheFolderForANodes() throws IOException {
    Manifest manifest = take(Pace.unbounded());
    Path data = temp.resolve("restored");
    Restore.of(backup)
        .into(
            data,
            "mestral.format",
            () -> {
              for (Manifest.Entry entry : manifest.files())
                assertThat(Files.exists(data.resolve(entry.name())))
                    .isEqualTo(!entry.name().equals("mestral.format"));
            });
    assertThat(data.resolve("mestral.format")).exists();
    assertThatThrownBy(
            () ->
                Restore.of(backup)
                    .into(
                        temp.resolve("again"),
                        "mestral.format",
                        () -> {
                          throw new IOException("disk full");
                        }))
        .hasMessage("disk full");
    assertThat(temp.resolve("again")).doesNotExist();
  }

  @Test
  void onTheNodesOwnDiskTheJournalsRoomIsLeft() throws IOException {
    long free = Files.getFileStore(temp).getUsableSpace();
    node.close();
    StorageOptions large =
        new StorageOptions(node.folder, Optional.empty(), 1000, 2 * free, Retention.FOREVER);
    node = new StoresOnDisk(vertx, large);
    assertThatThrownBy(() -> take(Pace.unbounded()))
        .hasMessageMatching(
            "there is no room for it: \\d+ bytes are needed and "
                + (2 * free - node.journal.size())
                + " left to the journal, \\d+ are free");
    assertThat(backup).doesNotExist();
  }

  @Test
  void onlyTheOwnerMayReadIt() throws IOException {
    take(Files.createDirectories(backup));
    for (String name : List.of("node.key", "metadata.db", "journal/00000001.journal"))
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.resolve(name))))
          .isEqualTo("rw-------");
  }

  @Test
  void oneThatIsGivenUpLeavesNothing() throws IOException {
    node.append(1, APRIL, 1);
    Backup given = new Backup(node::sources, new Progress(), Pace.unbounded(), () -> true);
    assertThatThrownBy(() -> given.take(backup, "1", NOW)).hasMessageContaining("the node stops");
    assertThat(backup).doesNotExist();
    Files.createDirectories(backup);
    assertThatThrownBy(() -> given.take(backup, "1", NOW)).isInstanceOf(IOException.class);
    assertThat(backup).isEmptyDirectory();
    node.append(1, APRIL + 1, 2);
    assertThat(node.read(1).size()).isEqualTo(2);
  }

  @Test
  void whatIsDamagedInTheNodeIsCopiedAndNamed() throws IOException {
    node.appendMinutes(1, APRIL, 1500);
    node.close();
    List<Path> segments = new ArrayList<>(List.of(newestSegment()));
    flip(segments.get(0), Files.size(segments.get(0)) - 60);
    node = new StoresOnDisk(vertx, node.folder, 1000);
    node.append(1, MARCH, 1);
    Manifest manifest = take(Pace.unbounded());
    assertThat(Restore.of(backup).problems()).isEmpty();
    Inspection.Result found = inspect();
    assertThat(found.setAside()).isNotEmpty().allMatch(name -> name.startsWith("journal/damaged/"));
    assertThat(manifest.files()).noneMatch(file -> file.name().contains("damaged"));
  }

  @Test
  void anInspectionOfASoundNodeFindsNothing() throws IOException {
    node.appendMinutes(1, APRIL, 1500);
    reopen(); // seals
    Inspection.Result found = inspect();
    assertThat(found.problems()).isEmpty();
    assertThat(found.setAside()).isEmpty();
    assertThat(found.readings()).isEqualTo(1500);
  }

  @Test
  void anInspectionNamesADamagedBlockAndAnOldDamage() throws Exception {
    node.appendMinutes(1, APRIL, 1500);
    reopen();
    Path month = node.folder.resolve("readings/readings-2026-04.db");
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + month);
        Statement statement = database.createStatement()) {
      statement.execute("UPDATE block SET crc = crc + 1 WHERE day = " + APRIL / 86_400);
    }
    assertThat(inspect().problems())
        .containsExactly(
            "readings/readings-2026-04.db: device 1 sensor 55 day 20544 part 1: the checksum is"
                + " wrong");
    node.close();
    Files.writeString(node.folder.resolve("metadata.db"), "broken".repeat(1000));
    node = new StoresOnDisk(vertx, node.folder, 1000);
    assertThat(inspect().problems())
        .anyMatch(problem -> problem.startsWith("found at the start: metadata.db: "));
    assertThat(inspect().setAside())
        .anyMatch(name -> name.matches("damaged/metadata-.*/metadata.db"));
    assertThat(take(Pace.unbounded()).problems()).hasSize(1);
    assertThat(Restore.of(backup).problems()).as("only what is new").isEmpty();
  }

  private void reopen() {
    node.close();
    node = new StoresOnDisk(vertx, node.folder, 1000);
  }

  private Inspection.Result inspect() throws IOException {
    return new Inspection(node.sources(), new Progress(), Pace.unbounded()).run();
  }

  private Path newestSegment() throws IOException {
    try (var files = Files.list(node.folder.resolve("journal"))) {
      return files
          .filter(file -> file.toString().endsWith(".journal"))
          .max(java.util.Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private static List<Summary> days(StoresOnDisk node) {
    return Settled.value(
        node.readings.summaries(
            new Series(new DeviceId(1), new SensorId(55)),
            Span.DAY,
            new TimeRange(0, 4_000_000_000L)));
  }

  private Manifest take(LongConsumer pace) throws IOException {
    return new Backup(node::sources, new Progress(), pace, () -> false).take(backup, "1", NOW);
  }

  private Manifest take(Path folder) throws IOException {
    return new Backup(node::sources, new Progress(), Pace.unbounded(), () -> false)
        .take(folder, "1", NOW);
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      int old = open.read();
      open.seek(at);
      open.write(old ^ 0x10);
    }
  }
}
