package io.mestral.storage.embedded.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.User;
import io.mestral.storage.ApiToken;
import io.mestral.storage.ApiToken.Kind;
import io.mestral.storage.embedded.metadata.MetadataReport.Integrity;
import io.mestral.storage.embedded.metadata.MetadataReport.Origin;
import io.mestral.storage.embedded.metadata.sqlite.SchemaMismatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on a sound disk, or one that says what is wrong. */
class EmbeddedMetadataTest extends MetadataOnDisk {
  @Test
  void aFirstStartIsAFirstStart() throws Exception {
    assertThat(embedded().report().origin()).isEqualTo(Origin.CREATED);
    assertThat(embedded().report().steps()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    reopen();
    assertThat(embedded().report().origin()).isEqualTo(Origin.OPENED);
    assertThat(embedded().report().steps()).isEmpty();
    assertThat(embedded().integrity()).isEqualTo(new Integrity.Sound());
    await(metadata().check());
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
}
