package io.mestral.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mestral.config.PostgresOptions.Tls;
import io.mestral.config.PostgresOptions.TlsMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {
  private static final ConfigSources NOTHING = ConfigSources.of(Map.of());

  @TempDir Path folder;

  @Test
  void aShortUrlTakesTheUsualPortAndPrefersTls() {
    assertThat(metadata("postgresql://mestral@db.example.org/platform"))
        .contains(
            new PostgresOptions(
                "db.example.org",
                5432,
                "platform",
                "mestral",
                Optional.empty(),
                Tls.PREFERRED,
                12));
  }

  @Test
  void everythingMayBeSaid() {
    assertThat(
            metadata(
                "postgresql://me%40home:p%3A%2Fa+b@[::1]:6543/my%20db"
                    + "?sslmode=verify-full&sslrootcert=/etc/ca.pem&connections=3"))
        .contains(
            new PostgresOptions(
                "::1",
                6543,
                "my db",
                "me@home",
                Optional.of(new Hidden("p:/a+b")),
                new Tls(TlsMode.VERIFY_FULL, Optional.of(Path.of("/etc/ca.pem"))),
                3))
        .hasValueSatisfying(server -> assertThat(server.address()).isEqualTo("[::1]:6543"));
  }

  @Test
  void unlessToldOtherwiseNoServerIsAsked() {
    assertThat(metadata("embedded")).isEmpty();
    assertThat(ConfigReader.read(NOTHING).toYaml()).contains("\nstorage.metadata: embedded ");
  }

  @Test
  void thePasswordIsNeverShown() {
    Settings settings =
        ConfigReader.read(NOTHING.with("storage.metadata=postgresql://u:hunter2@h/db"));
    assertThat(settings.toYaml()).doesNotContain("hunter2").contains("#storage.metadata: (hidden)");
    assertThat(settings.toConfig().toString()).doesNotContain("hunter2");
  }

  @Test
  void theUrlMayStandInAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("url"), "postgresql://u:hunter2@h/db\n");
    MestralConfig config =
        ConfigReader.read(
                ConfigSources.of(Map.of("MESTRAL_STORAGE_METADATA_FILE", file.toString())))
            .toConfig();
    assertThat(config.metadata().flatMap(PostgresOptions::password))
        .contains(new Hidden("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://u:hunter2@h/db",
        "postgresql://h/db",
        "postgresql://:hunter2@h/db",
        "postgresql://u:hunter2@h",
        "postgresql://u:hunter2@h/",
        "postgresql://u:hunter2@/db",
        "postgresql://u:hunter2@h:99999/db",
        "postgresql://u:hunter2@h/db#x",
        "postgresql://u:hunter2@h/db?sslmode=sometimes",
        "postgresql://u:hunter2@h/db?sslmode=verify-ca",
        "postgresql://u:hunter2@h/db?sslmode",
        "postgresql://u:hunter2@h/db?connections=1",
        "postgresql://u:hunter2@h/db?ssl=true",
        "postgresql://u:%zz@h/db",
        "postgresql://u:hunter2 @h/db",
      })
  void anythingElseIsRefusedWithoutShowingIt(String url) {
    InvalidConfiguration refused =
        catchThrowableOfType(InvalidConfiguration.class, () -> metadata(url));
    assertThat(refused.problems())
        .singleElement()
        .asString()
        .startsWith("storage.metadata: the value is not allowed (command line); allowed: embedded")
        .contains("postgresql://user[:password]@host[:port]/database")
        .doesNotContain("hunter2");
  }

  private static Optional<PostgresOptions> metadata(String url) {
    return ConfigReader.read(NOTHING.with("storage.metadata=" + url)).toConfig().metadata();
  }
}
