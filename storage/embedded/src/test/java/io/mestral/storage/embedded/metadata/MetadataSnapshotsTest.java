package io.mestral.storage.embedded.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.platform.User;
import io.mestral.storage.embedded.metadata.MetadataReport.Origin;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When snapshots are taken and kept, and what a damaged or missing one means. */
class MetadataSnapshotsTest extends MetadataOnDisk {
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

  /** A box without a clock of its own, before anybody told it the time. */
  @Test
  void aClockThatFindsMostSnapshotsInTheFutureIsNotBelieved() throws Exception {
    User ada = addUser("ada");
    for (int day = 0; day < 10; day++) snapshotOfTomorrow();
    clock.now = Instant.parse("1970-01-01T05:00:00Z");
    look();
    assertThat(snapshots()).hasSize(8).contains("metadata-19700101T05.db");
    whileClosed(() -> overwrite(file(), 0, 4096));
    assertThat(embedded().report().restoredFrom())
        .contains(folder.resolve("snapshots/metadata-20261130T12.db"));
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
  }

  @Test
  void whatAKilledSnapshotLeftGoesWithTheNextStart() throws Exception {
    look();
    whileClosed(
        () -> {
          Files.writeString(folder.resolve("snapshots/metadata-20261101T12.db.part"), "half");
          Files.writeString(folder.resolve("snapshots/metadata-20261101T12.db.part-journal"), "");
        });
    look(); // the one that the start takes is over then
    assertThat(snapshots()).containsExactly("metadata-20261120T12.db");
  }
}
