package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.config.CassandraOptions;
import io.mestral.node.Whereabouts.Move;
import io.mestral.node.Whereabouts.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhereaboutsTest {
  private static final Place HERE = new Place(Optional.empty());
  private static final Place CLUSTER = cluster("cassandra://me:s3cret@10.0.0.1/sense?dc=dc1");
  private static final Instant NOW = Instant.parse("2026-11-22T17:00:00Z");
  private static final Move OUT = Move.of(HERE, CLUSTER, NOW);

  @TempDir Path folder;

  @Test
  void withoutAMoveAnyPlaceIsTakenAndNothingIsWritten() {
    Whereabouts.in(folder).require(HERE);
    Whereabouts.in(folder).require(CLUSTER);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aStartWhereTheReadingsAreNoMoreIsRefused() throws Exception {
    Whereabouts.in(folder).begin(OUT);
    Whereabouts.in(folder).require(HERE);
    assertThatThrownBy(() -> Whereabouts.in(folder).require(CLUSTER))
        .isInstanceOf(StartFailure.class)
        .returns(ExitCode.USAGE, failure -> ((StartFailure) failure).exitCode())
        .hasMessageContaining("cassandra://10.0.0.1:9042/sense, but the readings are still in");

    Whereabouts.in(folder).end(OUT);
    Whereabouts.in(folder).require(CLUSTER);
    Whereabouts.in(folder).require(cluster("cassandra://10.0.0.2/sense?dc=dc1"));
    assertThatThrownBy(() -> Whereabouts.in(folder).require(HERE))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("embedded, but the readings were moved to cassandra://10.0.0.1:9042")
        .hasMessageContaining("2026-11-22T17:00:00Z");
    assertThat(Files.readString(folder.resolve("stores.json"))).doesNotContain("s3cret");
  }

  @Test
  void whatAnEarlierAttemptBroughtIsOnlyInTheVeryPlace() throws Exception {
    Whereabouts.in(folder).begin(OUT);
    assertThat(Whereabouts.in(folder).isUnfinishedAt(CLUSTER)).isTrue();
    assertThat(Whereabouts.in(folder).isUnfinishedAt(cluster("cassandra://10.0.0.2/sense?dc=dc1")))
        .isFalse();
    Whereabouts.in(folder).end(OUT);
    assertThat(Whereabouts.in(folder).isUnfinishedAt(CLUSTER)).isFalse();
  }

  @Test
  void anEndThatCouldNotBeWrittenIsTakenBack() throws Exception {
    Whereabouts whereabouts = Whereabouts.in(folder);
    whereabouts.begin(OUT);
    whereabouts.end(OUT);
    whereabouts.withdraw(Optional.empty(), OUT);
    Whereabouts.in(folder).require(HERE);
    assertThat(Whereabouts.in(folder).isUnfinishedAt(CLUSTER)).isTrue();
  }

  @Test
  void aDamagedFileIsSetAside() throws Exception {
    Whereabouts.in(folder).end(OUT);
    Path file = folder.resolve("stores.json");
    Files.writeString(file, Files.readString(file).replace("sense", "sEnse"));
    Whereabouts.in(folder).require(HERE);
    assertThat(file).doesNotExist();
    assertThat(folder.resolve("damaged/stores.json.1")).exists();
    Files.writeString(file, "[1");
    assertThat(Whereabouts.in(folder).moved()).isEmpty();
  }

  private static Place cluster(String url) {
    return new Place(Optional.of(CassandraOptions.of(url)));
  }
}
