package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.broker.TestAuthority;
import io.mestral.config.ConfigReader;
import io.mestral.config.ConfigSources;
import io.mestral.config.PostgresOptions;
import io.mestral.storage.Settled;
import io.mestral.storage.postgresql.PostgresMetadata;
import io.mestral.storage.postgresql.schema.ServerUnusable;
import io.mestral.storage.postgresql.server.TestDatabase;
import io.mestral.storage.postgresql.server.TestPostgres;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that asks for a password, and shows a certificate to those who want to see one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresLoginTest {
  private final Vertx vertx = Vertx.vertx();
  private TestPostgres postgres;
  private TestDatabase database;
  private Path authority;
  private Path stranger;

  @BeforeAll
  void aServerIsSetUpAsForAnEnemy(@TempDir Path folder) throws Exception {
    Path cluster = folder.resolve("postgres");
    int port = TestPostgres.freePort();
    TestPostgres begun = TestPostgres.in(cluster, port);
    database = begun.emptyDatabase();
    certify(folder);
    database.execute("CREATE ROLE mestral LOGIN PASSWORD 'p:/ä'");
    database.execute("ALTER DATABASE " + database.name() + " OWNER TO mestral");
    database.execute("ALTER SYSTEM SET ssl = on");
    database.execute("ALTER SYSTEM SET ssl_cert_file = '" + folder.resolve("cert.pem") + "'");
    database.execute("ALTER SYSTEM SET ssl_key_file = '" + folder.resolve("key.pem") + "'");
    Files.writeString(
        cluster.resolve("pg_hba.conf"),
        "host all postgres 127.0.0.1/32 trust\n"
            + "hostssl all mestral 127.0.0.1/32 scram-sha-256\n");
    begun.stop();
    postgres = TestPostgres.in(cluster, port);
  }

  private void certify(Path folder) throws Exception {
    TestAuthority ours = new TestAuthority("ours");
    authority = folder.resolve("authority.pem");
    ours.write(authority);
    stranger = folder.resolve("stranger.pem");
    new TestAuthority("stranger").write(stranger);
    Path key = folder.resolve("key.pem");
    ours.identity("CN=server").write(folder.resolve("cert.pem"), key);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  @AfterAll
  void itStops() {
    Settled.value(vertx.close());
    postgres.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefer", "require", "verify-ca", "verify-full"})
  void thePasswordOpensAnEncryptedWay(String mode) {
    String roots = mode.startsWith("verify") ? "&sslrootcert=" + authority : "";
    PostgresMetadata metadata =
        PostgresMetadata.open(vertx, server("p%3A%2F%C3%A4@127.0.0.1", mode + roots));
    Settled.value(metadata.check());
    assertThat(
            database.value(
                "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                    + " WHERE usename = 'mestral'"))
        .isEqualTo("t");
    Settled.value(metadata.close());
  }

  @Test
  void aWrongPasswordIsSaidWithoutShowingIt() {
    assertThatThrownBy(() -> PostgresMetadata.open(vertx, server("hunter2@127.0.0.1", "require")))
        .isInstanceOf(ServerUnusable.class)
        .hasMessageContaining("127.0.0.1:" + postgres.port())
        .hasMessageContaining("password authentication failed")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void anotherHostsCertificateIsNotTaken() {
    assertRefused("localhost", "verify-full&sslrootcert=" + authority);
  }

  @Test
  void aCertificateThatAStrangerSignedIsNotTaken() {
    assertRefused("127.0.0.1", "verify-ca&sslrootcert=" + stranger);
  }

  @Test
  void whoMustNotEncryptIsNotLetIn() {
    assertRefused("127.0.0.1", "disable");
  }

  private void assertRefused(String host, String mode) {
    PostgresOptions options = server("p%3A%2F%C3%A4@" + host, mode);
    assertThatThrownBy(() -> PostgresMetadata.open(vertx, options))
        .isInstanceOf(ServerUnusable.class)
        .hasMessageContaining(host + ":" + postgres.port());
  }

  private PostgresOptions server(String passwordAndHost, String mode) {
    String url =
        "postgresql://mestral:%s:%d/%s?sslmode=%s"
            .formatted(passwordAndHost, postgres.port(), database.name(), mode);
    return ConfigReader.read(ConfigSources.of(Map.of()).with("storage.metadata=" + url))
        .toConfig()
        .metadata()
        .orElseThrow();
  }
}
