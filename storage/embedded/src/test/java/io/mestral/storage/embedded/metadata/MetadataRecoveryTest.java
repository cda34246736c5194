package io.mestral.storage.embedded.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.User;
import io.mestral.storage.ApiToken;
import io.mestral.storage.ApiToken.Kind;
import io.mestral.storage.Metadata;
import io.mestral.storage.MetadataContract;
import io.mestral.storage.embedded.metadata.MetadataReport.Integrity;
import io.mestral.storage.embedded.metadata.MetadataReport.Origin;
import io.mestral.storage.embedded.metadata.sqlite.Migrations;
import io.mestral.storage.embedded.metadata.sqlite.SchemaMismatch;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.mestral.storage.embedded.metadata.sqlite.Step;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataRecoveryTest extends MetadataContract {
  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();

  @Override
  protected Metadata open(Vertx vertx) {
    return EmbeddedMetadata.open(vertx, folder, clock);
  }

  private EmbeddedMetadata embedded() {
    return (EmbeddedMetadata) metadata();
  }

  @Test
  void aFirstStartIsAFirstStart() throws Exception {
    assertThat(embedded().report().origin()).isEqualTo(Origin.CREATED);
    assertThat(embedded().report().steps()).containsExactly(1);
    reopen();
    assertThat(embedded().report().origin()).isEqualTo(Origin.OPENED);
    assertThat(embedded().report().steps()).isEmpty();
    assertThat(embedded().integrity()).isEqualTo(new Integrity.Sound());
    await(metadata().check());
  }

  @Test
  void aFileThatIsNoDatabaseIsSetAsideAndTheSnapshotServes() throws Exception {
    User ada = addUser("ada");
    snapshotOfTomorrow();
    byte[] garbage = "this was never a database".repeat(400).getBytes(UTF_8);
    whileClosed(() -> Files.write(file(), garbage));
    assertThat(embedded().report().origin()).isEqualTo(Origin.RESTORED);
    assertThat(embedded().report().restoredFrom())
        .contains(folder.resolve("snapshots/metadata-20261121T12.db"));
    Path aside = setAside();
    assertThat(aside.resolve("metadata.db")).hasBinaryContent(garbage);
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
    reopen();
    assertThat(embedded().report().origin()).isEqualTo(Origin.OPENED);
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
  }

  @Test
  void pagesOverwrittenInTheMiddleAreNoticedAtTheStart() throws Exception {
    User ada = addUser("ada");
    snapshotOfTomorrow();
    whileClosed(
        () -> {
          long size = Files.size(file());
          overwrite(file(), size / 3, (int) (size / 3));
        });
    assertThat(embedded().report().origin()).isEqualTo(Origin.RESTORED);
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
    assertThat(await(metadata().catalogue().sensors())).hasSize(188);
  }

  @Test
  void aFileCutShortIsNoticedAtTheStart() throws Exception {
    User ada = addUser("ada");
    snapshotOfTomorrow();
    whileClosed(() -> cut(file(), Files.size(file()) / 2));
    assertThat(embedded().report().origin()).isEqualTo(Origin.RESTORED);
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
  }

  @Test
  void accountsOfAFileCutShortAreReadFromIt() throws Exception {
    List<User> users = new ArrayList<>();
    for (int i = 0; i < 300; i++) users.add(addUser("user" + i));
    whileClosed(
        () -> {
          forgetSnapshots();
          cut(file(), Files.size(file()) - 3 * 4096);
        });
    assertThat(embedded().report().origin()).isEqualTo(Origin.RESCUED);
    assertThat(embedded().report().restoredFrom()).isEmpty();
    assertThat(embedded().report().rescued()).isGreaterThan(250);
    int found = 0;
    for (User user : users) found += await(metadata().users().find(user.id())).isPresent() ? 1 : 0;
    assertThat(found).isGreaterThan(250);
    assertThat(addUser("new").id().value()).isGreaterThan(users.get(299).id().value());
    reopen();
    assertThat(embedded().report().origin()).isEqualTo(Origin.OPENED);
  }

  @Test
  void whatTheFileNoLongerGivesComesFromTheSnapshot() throws Exception {
    User ada = addUser("ada");
    snapshotOfTomorrow();
    await(metadata().close());
    Path kept = folder.resolve("kept.db");
    Files.copy(folder.resolve("snapshots/metadata-20261121T12.db"), kept);
    reopen();
    User grace = addUser("grace");
    long sensors = rootPageOf("sensors");
    whileClosed(
        () -> {
          forgetSnapshots();
          Files.move(kept, folder.resolve("snapshots/metadata-20261121T12.db"));
          overwrite(file(), 4096 * (sensors - 1), 4096);
        });
    assertThat(embedded().report().origin()).isEqualTo(Origin.RESCUED);
    assertThat(embedded().report().restoredFrom()).isPresent();
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
    assertThat(await(metadata().users().find(grace.id()))).contains(grace);
    assertThat(await(metadata().catalogue().sensors())).hasSize(188);
  }

  private void forgetSnapshots() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("snapshots"))) {
      for (Path snapshot : files.toList()) Files.delete(snapshot);
    }
  }

  @Test
  void aMissingFileBesideSnapshotsIsALossAndNoFirstStart() throws Exception {
    User ada = addUser("ada");
    snapshotOfTomorrow();
    whileClosed(() -> Files.delete(file()));
    assertThat(embedded().report().origin()).isEqualTo(Origin.RESTORED);
    assertThat(embedded().report().damage().orElseThrow().setAside()).isEmpty();
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
  }

  @Test
  void anotherProgramsDatabaseIsNotTakenForOurs() throws Exception {
    whileClosed(
        () -> {
          Files.delete(file());
          try (SqliteSession other = SqliteSession.writing(file())) {
            other.execute("CREATE TABLE recipes (name TEXT)");
          } catch (java.sql.SQLException broken) {
            throw new IOException(broken);
          }
        });
    assertThat(embedded().report().damage().orElseThrow().what()).contains("not a file of this");
    assertThat(setAside().resolve("metadata.db")).exists();
  }

  @Test
  void rowsOfAnotherProgramsTableReplaceNothing() throws Exception {
    User ada = addUser("ada");
    snapshotOfTomorrow();
    whileClosed(
        () -> {
          Files.delete(file());
          try (SqliteSession other = SqliteSession.writing(file())) {
            other.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT)");
            other.execute("INSERT INTO users VALUES (1, 'someone')");
          } catch (java.sql.SQLException broken) {
            throw new IOException(broken);
          }
        });
    assertThat(embedded().report().origin()).isEqualTo(Origin.RESTORED);
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
  }

  @Test
  void aDamagedSnapshotIsPassedOver() throws Exception {
    User ada = addUser("ada");
    snapshotOfTomorrow();
    addUser("grace");
    snapshotOfTomorrow();
    Path newest = folder.resolve("snapshots/metadata-20261122T12.db");
    whileClosed(
        () -> {
          overwrite(newest, 4096, 8192);
          overwrite(file(), 0, 4096);
        });
    assertThat(embedded().report().unusable()).containsExactly(newest);
    assertThat(embedded().report().restoredFrom())
        .contains(folder.resolve("snapshots/metadata-20261121T12.db"));
    assertThat(newest).exists();
    assertThat(await(metadata().users().findByNameOrEmail("ada"))).contains(ada);
    assertThat(await(metadata().users().findByNameOrEmail("grace"))).isEmpty();
  }

  @Test
  void withoutAnySnapshotItStartsEmptyAndServes() throws Exception {
    User ada = addUser("ada");
    whileClosed(
        () -> {
          try (Stream<Path> snapshots = Files.list(folder.resolve("snapshots"))) {
            for (Path snapshot : snapshots.toList()) Files.delete(snapshot);
          }
          overwrite(file(), 0, 4096);
        });
    assertThat(embedded().report().origin()).isEqualTo(Origin.EMPTIED);
    assertThat(await(metadata().users().findByNameOrEmail("ada"))).isEmpty();
    assertThat(await(metadata().catalogue().sensors())).hasSize(188);
    assertThat(addUser("grace").id().value()).isGreaterThan(ada.id().value());
  }

  @Test
  void noNumberIsGivenTwiceAcrossALoss() throws Exception {
    User ada = addUser("ada");
    snapshotOfTomorrow();
    User lost = addUser("lost");
    whileClosed(() -> overwrite(file(), 0, 4096));
    User second = addUser("second");
    assertThat(second.id().value()).isGreaterThan(lost.id().value());
    whileClosed(() -> overwrite(file(), 0, 4096));
    User third = addUser("third");
    assertThat(third.id().value()).isGreaterThan(second.id().value());
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
  }

  @Test
  void aNewerVersionsFileIsRefusedAndLeftAlone() throws Exception {
    await(
        embedded()
            .database()
            .write(
                session ->
                    session.change(
                        "INSERT INTO schema_steps (number, name, checksum, applied_at)"
                            + " VALUES (999, 'later', 'x', 0)")));
    await(metadata().close());
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(() -> open(vertx()))
        .isInstanceOf(SchemaMismatch.class)
        .hasMessageContaining("newer");
    assertThat(file()).hasBinaryContent(before);
    assertThat(folder.resolve("damaged")).doesNotExist();
  }

  @Test
  void aSnapshotADayIsKeptForSevenDays() throws Exception {
    for (int day = 0; day < 10; day++) snapshotOfTomorrow();
    try (Stream<Path> files = Files.list(folder.resolve("snapshots"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(24, 25, 26, 27, 28, 29, 30)
                  .map(day -> "metadata-202611" + day + "T12.db")
                  .toList());
    }
  }

  @Test
  void aSnapshotIsTakenInAnHourInWhichSomethingChanged() throws Exception {
    look();
    addUser("ada");
    snapshotOfNextHour();
    snapshotOfNextHour();
    addUser("grace");
    snapshotOfNextHour();
    assertThat(snapshots())
        .containsExactly(
            "metadata-20261120T12.db", "metadata-20261120T13.db", "metadata-20261120T15.db");
    Path first = folder.resolve("snapshots/metadata-20261120T13.db");
    try (SqliteSession session = SqliteSession.reading(first)) {
      assertThat(session.list("SELECT username FROM users", row -> row.text("username")))
          .containsExactly("ada");
    }
  }

  @Test
  void ofADaysManySnapshotsTheLastOnesAreKept() throws Exception {
    for (int hour = 0; hour < 20; hour++) {
      addUser("user" + hour);
      snapshotOfNextHour();
    }
    assertThat(snapshots())
        .containsExactly(
            "metadata-20261120T23.db",
            "metadata-20261121T03.db",
            "metadata-20261121T04.db",
            "metadata-20261121T05.db",
            "metadata-20261121T06.db",
            "metadata-20261121T07.db",
            "metadata-20261121T08.db");
  }

  @Test
  void whatChangedSinceTheLastSnapshotIsInOneAtTheEnd() throws Exception {
    look();
    User ada = addUser("ada");
    whileClosed(() -> overwrite(file(), 0, 4096));
    assertThat(embedded().report().origin()).isEqualTo(Origin.RESTORED);
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
  }

  @Test
  void withoutAChangeTheEndTakesNoSnapshot() throws Exception {
    look();
    await(metadata().check());
    clock.now = clock.now.plus(Duration.ofHours(3));
    reopen();
    look();
    await(metadata().close());
    assertThat(snapshots()).containsExactly("metadata-20261120T12.db", "metadata-20261120T15.db");
    reopen();
  }

  private List<String> snapshots() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("snapshots"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void snapshotOfNextHour() throws Exception {
    clock.now = clock.now.plus(Duration.ofHours(1));
    look();
  }

  @Test
  void aRecoveryThatWasKilledHalfWayIsFinishedByTheNextStart() throws Exception {
    User ada = addUser("ada");
    whileClosed(() -> Files.writeString(folder.resolve("metadata.recovering"), "killed"));
    assertThat(addUser("grace").id().value()).isGreaterThan(ada.id().value() + 100_000);
    assertThat(folder.resolve("metadata.recovering")).doesNotExist();
  }

  @Test
  void snapshotsOfAClockThatRanAheadAreTheLastChoice() throws Exception {
    User ada = addUser("ada");
    Path future = folder.resolve("snapshots/metadata-20991231.db");
    look();
    await(metadata().close());
    Files.copy(folder.resolve("snapshots/metadata-20261120T12.db"), future);
    reopen();
    snapshotOfTomorrow();
    whileClosed(() -> overwrite(file(), 0, 4096));
    assertThat(embedded().report().restoredFrom())
        .contains(folder.resolve("snapshots/metadata-20261121T12.db"));
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
    for (int day = 0; day < 7; day++) snapshotOfTomorrow();
    assertThat(future).doesNotExist();
  }

  @Test
  void whatWasAcknowledgedIsInTheFilesOfAKilledNode(@TempDir Path other) throws Exception {
    User ada = addUser("ada");
    for (String name : List.of("metadata.db", "metadata.db-wal"))
      Files.copy(folder.resolve(name), other.resolve(name));
    EmbeddedMetadata copy = EmbeddedMetadata.open(vertx(), other, clock);
    assertThat(copy.report().origin()).isEqualTo(Origin.OPENED);
    assertThat(await(copy.users().find(ada.id()))).contains(ada);
    await(copy.close());
  }

  @Test
  void noiseBesideTheFileIsNotTakenForChanges() throws Exception {
    User ada = addUser("ada");
    whileClosed(
        () -> Files.write(folder.resolve("metadata.db-wal"), "noise".repeat(1000).getBytes(UTF_8)));
    assertThat(embedded().report().origin()).isEqualTo(Origin.OPENED);
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
  }

  @Test
  void aLargeFileIsCheckedAfterTheStartAndItsDamageKeptInMind() throws Exception {
    addUser("ada");
    snapshotOfTomorrow();
    await(metadata().close());
    overwrite(file(), 4096 * (rootPageOf("sensors") - 1), 4096);
    Snapshots snapshots = new Snapshots(folder.resolve("snapshots"), clock);
    MetadataFile large = largeFile(snapshots);
    MetadataFile.Opened opened = large.open();
    opened.session().close();
    assertThat(opened.report().origin()).isEqualTo(Origin.OPENED);
    MetadataCare care = new MetadataCare(large, snapshots);
    care.begin(large.isLarge(), () -> 0);
    care.look().get(20, TimeUnit.SECONDS);
    assertThat(care.integrity()).isInstanceOf(Integrity.Damaged.class);
    care.close().get(20, TimeUnit.SECONDS);
    MetadataFile.Opened next = largeFile(snapshots).open();
    next.session().close();
    assertThat(next.report().origin()).isEqualTo(Origin.RESCUED);
    reopen();
    assertThat(await(metadata().users().findByNameOrEmail("ada"))).isPresent();
  }

  @Test
  void damageThatShowsLaterIsToldAndDealtWithAtTheNextStart() throws Exception {
    User ada = addUser("ada");
    snapshotOfTomorrow();
    embedded().care().damaged("database disk image is malformed");
    assertThat(embedded().integrity())
        .isEqualTo(new Integrity.Damaged("database disk image is malformed"));
    reopen(); // the file turns out to be sound: the suspicion is dropped
    assertThat(embedded().report().origin()).isEqualTo(Origin.OPENED);
    assertThat(embedded().integrity()).isEqualTo(new Integrity.Sound());
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
  }

  @Test
  void aFolderThatIsAFileIsSaidToBeTheTrouble(@TempDir Path other) throws Exception {
    Path taken = Files.writeString(other.resolve("taken"), "");
    assertThatThrownBy(() -> EmbeddedMetadata.open(vertx(), taken, clock))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(taken.toString());
  }

  @Test
  void queuesRefusalsAndDamageAreMeasured() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    embedded().measureIn(meters);
    assertThat(meters.get("mestral.metadata.waiting").tag("kind", "write").gauge().value())
        .isZero();
    assertThat(meters.get("mestral.metadata.waiting").tag("kind", "read").gauge().value()).isZero();
    embedded().care().damaged("on purpose");
    assertThat(meters.get("mestral.metadata.damaged").gauge().value()).isEqualTo(1);
    await(metadata().close());
    failureOf(metadata().check());
    assertThat(meters.get("mestral.metadata.refused").functionCounter().count()).isEqualTo(1);
  }

  @Test
  void aDiskThatCanBeReadButNotWrittenIsNotReady() {
    await(metadata().check());
    await(
        embedded()
            .database()
            .write(
                session -> {
                  session.execute("PRAGMA query_only = 1");
                  return null;
                }));
    assertThat(Refusal.of(failureOf(metadata().check()))).isEqualTo(Refusal.UNAVAILABLE);
    assertThat(await(metadata().catalogue().sensors())).hasSize(188);
  }

  @Test
  void askingForReadinessReallyWrites() throws Exception {
    await(metadata().check());
    long before = Files.size(folder.resolve("metadata.db-wal"));
    await(metadata().check());
    assertThat(Files.size(folder.resolve("metadata.db-wal"))).isGreaterThan(before);
  }

  @Test
  void archivedUsersAndTheirTokensAreInvisibleAndTheirNamesFree() {
    User ada = addUser("ada");
    await(
        metadata()
            .tokens()
            .add(new ApiToken(token("key"), ada.id(), Kind.PRIVATE, NOON, Optional.empty())));
    await(
        embedded()
            .database()
            .write(
                session ->
                    session.change(
                        "UPDATE users SET workflow_state = 'archived', archived_at = 1"
                            + " WHERE id = ?",
                        ada.id().value())));
    assertThat(await(metadata().users().find(ada.id()))).isEmpty();
    assertThat(await(metadata().users().findAll(List.of(ada.id())))).isEmpty();
    assertThat(await(metadata().users().findByNameOrEmail("ada"))).isEmpty();
    assertThat(await(metadata().users().passwordHash(ada.id()))).isEmpty();
    assertThat(Refusal.of(failureOf(metadata().users().update(ada.id(), same -> same))))
        .isEqualTo(Refusal.PROTOCOL_ERROR);
    assertThat(await(metadata().tokens().find("key"))).isEmpty();
    assertThat(await(metadata().tokens().privateTokenOf(ada.id()))).isEmpty();
    assertThat(addUser("ADA").id()).isNotEqualTo(ada.id());
  }

  /** As if the file were too large for a check at the start. */
  private MetadataFile largeFile(Snapshots snapshots) {
    Step first = Step.resource(EmbeddedMetadata.class, EmbeddedMetadata.STEPS.get(0));
    return new MetadataFile(folder, snapshots, new Migrations(List.of(first), clock), clock, 0);
  }

  private long rootPageOf(String table) throws Exception {
    try (SqliteSession session = SqliteSession.reading(file())) {
      return session.number("SELECT rootpage AS n FROM sqlite_schema WHERE name = ?", table);
    }
  }

  private Path file() {
    return folder.resolve("metadata.db");
  }

  private Path setAside() {
    Optional<Path> aside = embedded().report().damage().orElseThrow().setAside();
    assertThat(aside.orElseThrow().getParent()).isEqualTo(folder.resolve("damaged"));
    return aside.get();
  }

  private void snapshotOfTomorrow() throws Exception {
    clock.now = clock.now.plus(Duration.ofDays(1));
    look();
  }

  private void look() throws Exception {
    embedded().care().look().get(20, TimeUnit.SECONDS);
  }

  private void whileClosed(Mischief mischief) throws Exception {
    await(metadata().close());
    mischief.run();
    reopen();
  }

  private interface Mischief {
    void run() throws IOException;
  }

  private static void overwrite(Path file, long from, int length) throws IOException {
    byte[] noise = new byte[length];
    new Random(1).nextBytes(noise);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(noise), from);
    }
  }

  private static void cut(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  private static final class MovableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
