package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.config.CassandraOptions;
import io.mestral.config.PostgresOptions;
import io.mestral.node.Whereabouts.Move;
import io.mestral.node.Whereabouts.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhereaboutsTest {
  private static final Place HERE = Place.ofReadings(Optional.empty());
  private static final Place CLUSTER = cluster("cassandra://me:s3cret@10.0.0.1/sense?dc=dc1");
  private static final Instant NOW = Instant.parse("2026-11-22T17:00:00Z");
  private static final Move OUT = Move.of(HERE, CLUSTER, NOW, "an id");

  @TempDir Path folder;

  @Test
  void withoutAMoveAnyPlaceIsTakenAndNothingIsWritten() {
    Whereabouts.in(folder).require(HERE);
    Whereabouts.in(folder).require(CLUSTER);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aStartWhereTheReadingsAreNoMoreIsRefused() throws Exception {
    Whereabouts.in(folder).begin("readings", OUT);
    Whereabouts.in(folder).require(HERE);
    assertThatThrownBy(() -> Whereabouts.in(folder).require(CLUSTER))
        .isInstanceOf(StartFailure.class)
        .returns(ExitCode.USAGE, failure -> ((StartFailure) failure).exitCode())
        .hasMessageContaining(
            "cassandra://10.0.0.1:9042/sense, but the readings of this folder are still");

    Whereabouts.in(folder).end("readings", OUT);
    Whereabouts.in(folder).require(CLUSTER);
    Whereabouts.in(folder).require(cluster("cassandra://10.0.0.2/sense?dc=dc1"));
    assertThatThrownBy(() -> Whereabouts.in(folder).require(HERE))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(
            "embedded, but the readings of this folder went to cassandra://10.0.0.1:9042")
        .hasMessageContaining("2026-11-22T17:00:00Z");
    assertThat(Files.readString(folder.resolve("stores.json"))).doesNotContain("s3cret");
  }

  @Test
  void readingsAndMetadataGoTheirOwnWays() throws Exception {
    Place server =
        Place.ofMetadata(Optional.of(PostgresOptions.of("postgresql://me:s3cret@db/sense")));
    Whereabouts.in(folder).end("readings", OUT);
    Whereabouts.in(folder)
        .begin("metadata", Move.of(Place.ofMetadata(Optional.empty()), server, NOW, "1"));
    Whereabouts whereabouts = Whereabouts.in(folder);
    whereabouts.require(CLUSTER);
    whereabouts.require(Place.ofMetadata(Optional.empty()));
    assertThatThrownBy(() -> whereabouts.require(server))
        .hasMessageContaining("storage.metadata is postgresql://db:5432/sense, but the metadata");
  }

  @Test
  void whatAnEarlierAttemptBroughtIsOnlyInTheVeryPlace() throws Exception {
    Whereabouts.in(folder).begin("readings", OUT);
    assertThat(Whereabouts.in(folder).isUnfinishedAt(CLUSTER)).isTrue();
    assertThat(Whereabouts.in(folder).isUnfinishedAt(cluster("cassandra://10.0.0.2/sense?dc=dc1")))
        .isFalse();
    Whereabouts.in(folder).end("readings", OUT);
    assertThat(Whereabouts.in(folder).isUnfinishedAt(CLUSTER)).isFalse();
  }

  @Test
  void aRestoredFolderHasNoRightToWhatLiesAtTheOtherPlace() throws Exception {
    DataFolder.restored(folder);
    assertThat(folder).isEmptyDirectory();
    Whereabouts.in(folder).begin("readings", OUT);
    DataFolder.restored(folder);
    Whereabouts restored = Whereabouts.in(folder);
    assertThat(restored.isUnfinishedAt(CLUSTER)).isFalse();
    assertThat(restored.unfinished("readings")).isPresent();
    restored.require(HERE);
    assertThatThrownBy(() -> restored.require(CLUSTER))
        .hasMessageContaining("when the backup was made that this folder is from")
        .message()
        .doesNotContain("admin move");
    restored.begin("readings", OUT);
    assertThat(Whereabouts.in(folder).isUnfinishedAt(CLUSTER)).isTrue();
  }

  @Test
  void anEndThatCouldNotBeWrittenIsTakenBack() throws Exception {
    Whereabouts whereabouts = Whereabouts.in(folder);
    whereabouts.begin("readings", OUT);
    whereabouts.end("readings", OUT);
    whereabouts.withdraw("readings", Optional.empty(), OUT);
    Whereabouts.in(folder).require(HERE);
    assertThat(Whereabouts.in(folder).isUnfinishedAt(CLUSTER)).isTrue();
  }

  @Test
  void aDamagedFileIsSetAside() throws Exception {
    Whereabouts.in(folder).end("readings", OUT);
    Path file = folder.resolve("stores.json");
    Files.writeString(file, Files.readString(file).replace("sense", "sEnse"));
    Whereabouts.in(folder).require(HERE);
    assertThat(file).doesNotExist();
    assertThat(folder.resolve("damaged/stores.json.1")).exists();
    Files.writeString(file, "[1");
    assertThat(Whereabouts.in(folder).moved("readings")).isEmpty();
  }

  private static Place cluster(String url) {
    return Place.ofReadings(Optional.of(CassandraOptions.of(url)));
  }
}
