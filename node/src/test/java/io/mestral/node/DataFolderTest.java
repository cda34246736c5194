package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
  @TempDir Path temp;

  @Test
  void aNewFolderIsForItsOwnerOnly() throws IOException {
    try (DataFolder folder = DataFolder.open(temp.resolve("a/data"))) {
      folder.nodeKey();
      folder.keepAdminToken("t0ken");

      assertThat(permissions(folder.path())).isEqualTo("rwx------");
      assertThat(permissions(folder.path().resolve("node.key"))).isEqualTo("rw-------");
      assertThat(permissions(folder.path().resolve("node.key.copy"))).isEqualTo("rw-------");
      assertThat(permissions(folder.path().resolve("admin.token"))).isEqualTo("rw-------");
    }
  }

  @Test
  void aFolderIsForOneNodeAtATime() {
    Path data = temp.resolve("data");
    try (DataFolder first = DataFolder.open(data)) {
      assertThat(refusal(first.path())).contains("is in use by another node", data.toString());
    }
    DataFolder.open(data).close();
  }

  @Test
  void anEmptyFolderIsTaken() throws IOException {
    Files.createDirectory(temp.resolve("lost+found"));

    DataFolder.open(temp).close();

    assertThat(temp.resolve("mestral.format")).content().contains("format 1");
  }

  @Test
  void aFolderOfSomethingElseIsRefusedAndLeftAlone() throws IOException {
    Files.writeString(temp.resolve("thesis.tex"), "years of work");

    assertThat(refusal(temp)).contains("not Mestral's", "thesis.tex");
    try (var entries = Files.list(temp)) {
      assertThat(entries).hasSize(1);
    }
  }

  @Test
  void aStartThatWasCutShortDoesNotMakeTheFolderForeign() throws IOException {
    Files.createFile(temp.resolve("node.lock"));
    Files.createFile(temp.resolve("mestral.format.new"));

    DataFolder.open(temp).close();
  }

  @Test
  void aFolderOfANewerVersionIsRefused() throws IOException {
    DataFolder.open(temp).close();
    Files.writeString(temp.resolve("mestral.format"), "mestral data folder, format 2\n");

    assertThat(refusal(temp)).contains("newer version (format 2)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mestral dat", "\0\0\0\0"})
  void aDamagedMarkerIsSetAsideAndTheFolderServes(String damage) throws IOException {
    DataFolder.open(temp).close();
    Files.writeString(temp.resolve("mestral.format"), damage);

    DataFolder.open(temp).close();

    assertThat(temp.resolve("mestral.format")).content().contains("format 1");
    assertThat(temp.resolve("damaged/mestral.format.1")).hasContent(damage);
  }

  @Test
  void aPathThatCannotBeAFolderIsRefused() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    assertThat(refusal(file)).contains("cannot use the data folder " + file);
    assertThat(refusal(file.resolve("below"))).contains("data.dir");
  }

  @Test
  void theNodesKeyStaysTheSame() throws IOException {
    byte[] key = key();

    assertThat(key).hasSize(32);
    assertThat(key()).isEqualTo(key);
    assertThat(key).isNotEqualTo(new byte[32]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"node.key", "node.key.copy"})
  void oneDamagedKeyFileIsMadeGoodByTheOther(String file) throws IOException {
    byte[] key = key();
    byte[] content = Files.readAllBytes(temp.resolve(file));
    content[7] ^= 1;
    Files.write(temp.resolve(file), content);

    assertThat(key()).isEqualTo(key);
    assertThat(temp.resolve("damaged/" + file + ".1")).hasBinaryContent(content);
    Files.delete(temp.resolve(file.equals("node.key") ? "node.key.copy" : "node.key"));
    assertThat(key()).isEqualTo(key);
  }

  @Test
  void withoutAnyGoodKeyTheNodeServesWithANewOne() throws IOException {
    byte[] key = key();
    Files.write(temp.resolve("node.key"), new byte[64]);
    Files.write(temp.resolve("node.key.copy"), new byte[3]);

    assertThat(key()).hasSize(32).isNotEqualTo(key);
  }

  @Test
  void theAdministratorsTokenIsKept() throws IOException {
    try (DataFolder folder = DataFolder.open(temp)) {
      assertThat(folder.adminToken()).isEmpty();
      folder.keepAdminToken("first");
      folder.keepAdminToken("second");
      assertThat(folder.adminToken()).contains("second");
    }
    assertThat(DataFolder.adminTokenIn(temp)).contains("second");
  }

  @Test
  void whereTheNodeListensIsKnownAsLongAsItRuns() throws IOException {
    NodeAddress address = new NodeAddress("http://127.0.0.1:1", "mqtt://127.0.0.1:2");
    try (DataFolder folder = DataFolder.open(temp)) {
      folder.announce(address);
      assertThat(NodeAddress.in(temp)).contains(address);
    }
    assertThat(NodeAddress.in(temp)).isEmpty();
  }

  private byte[] key() throws IOException {
    try (DataFolder folder = DataFolder.open(temp)) {
      return folder.nodeKey();
    }
  }

  private static String refusal(Path path) {
    StartFailure failure =
        catchThrowableOfType(StartFailure.class, () -> DataFolder.open(path).close());
    assertThat(failure.exitCode()).isEqualTo(ExitCode.DATA_FOLDER);
    return failure.getMessage();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
