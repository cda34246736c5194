package io.mestral.storage.embedded.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.platform.User;
import io.mestral.storage.embedded.metadata.MetadataReport.Integrity;
import io.mestral.storage.embedded.metadata.MetadataReport.Origin;
import io.mestral.storage.embedded.metadata.sqlite.Migrations;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.mestral.storage.embedded.metadata.sqlite.Step;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of a damaged database file. */
class MetadataRecoveryTest extends MetadataOnDisk {
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
          overwrite(file(), size / 8, (int) (size / 2)); // the users among them
        });
    assertThat(embedded().report().origin()).isEqualTo(Origin.RESTORED);
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
    assertThat(await(metadata().catalogue().sensors())).hasSize(188);
  }

  @Test
  void aFileCutShortIsNoticedAtTheStart() throws Exception {
    User ada = addUser("ada");
    snapshotOfTomorrow();
    whileClosed(() -> cut(file(), 2 * 4096));
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
  void aRecoveryThatWasKilledHalfWayIsFinishedByTheNextStart() throws Exception {
    User ada = addUser("ada");
    whileClosed(() -> Files.writeString(folder.resolve("metadata.recovering"), "killed"));
    assertThat(addUser("grace").id().value()).isGreaterThan(ada.id().value() + 100_000);
    assertThat(folder.resolve("metadata.recovering")).doesNotExist();
  }

  @Test
  void whatAKilledStartSetAsideHalfWayIsReadWithItsLog() throws Exception {
    User ada = addUser("ada");
    Path log = folder.resolve("metadata.db-wal");
    Path set = Files.createDirectories(folder.resolve("damaged/metadata-20261120T120000000"));
    Files.copy(file(), set.resolve("metadata.db"));
    Path logThen = Files.copy(log, folder.resolve("kept"));
    whileClosed(
        () -> {
          forgetSnapshots();
          Files.delete(file());
          Files.move(logThen, log, StandardCopyOption.REPLACE_EXISTING);
          Files.writeString(folder.resolve("metadata.recovering"), "killed");
        });
    assertThat(embedded().report().origin()).isEqualTo(Origin.RESCUED);
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
    assertThat(set.resolve("metadata.db-wal")).exists();
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

  /** As if the file were too large for a check at the start. */
  private MetadataFile largeFile(Snapshots snapshots) {
    List<Step> steps =
        EmbeddedMetadata.STEPS.stream()
            .map(file -> Step.resource(EmbeddedMetadata.class, file))
            .toList();
    return new MetadataFile(folder, snapshots, new Migrations(steps, clock), clock, 0);
  }

  private long rootPageOf(String table) throws Exception {
    try (SqliteSession session = SqliteSession.reading(file())) {
      return session.number("SELECT rootpage AS n FROM sqlite_schema WHERE name = ?", table);
    }
  }

  private Path setAside() {
    Optional<Path> aside = embedded().report().damage().orElseThrow().setAside();
    assertThat(aside.orElseThrow().getParent()).isEqualTo(folder.resolve("damaged"));
    return aside.get();
  }

  private static void cut(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }
}
