package io.mestral.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mestral.config.CassandraOptions.Consistency;
import io.mestral.config.CassandraOptions.Login;
import io.mestral.config.CassandraOptions.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CassandraUrlTest {
  private static final ConfigSources NOTHING = ConfigSources.of(Map.of());

  @Test
  void aClusterHasAHostAKeyspaceAndADataCentre() {
    assertThat(readings("cassandra://db.example.org/mestral?dc=dc1"))
        .contains(
            new CassandraOptions(
                List.of(new Server("db.example.org", 9042)),
                "mestral",
                "dc1",
                Optional.empty(),
                Consistency.LOCAL_QUORUM,
                OptionalInt.empty()));
  }

  @Test
  void everythingCanBeSaid() {
    assertThat(
            readings(
                "cassandra://me%40home:p%3A%2Fa+b@[::1]:6543,10.0.0.2,c:19042/air_2"
                    + "?dc=rack%20one&replication=2&consistency=local_one"))
        .contains(
            new CassandraOptions(
                List.of(
                    new Server("::1", 6543), new Server("10.0.0.2", 9042), new Server("c", 19042)),
                "air_2",
                "rack one",
                Optional.of(new Login("me@home", new Hidden("p:/a+b"))),
                Consistency.LOCAL_ONE,
                OptionalInt.of(2)));
  }

  @Test
  void embeddedIsNoCluster() {
    assertThat(readings("embedded")).isEmpty();
  }

  @Test
  void thePasswordIsNeverShown() {
    Settings settings =
        ConfigReader.read(NOTHING.with("storage.readings=cassandra://u:hunter2@h/k?dc=d"));
    assertThat(settings.toYaml()).doesNotContain("hunter2").contains("#storage.readings: (hidden)");
    assertThat(settings.toConfig().toString()).doesNotContain("hunter2");
  }

  @Test
  void agesAreLookedAtThereToo() {
    Settings settings =
        ConfigReader.read(
            NOTHING
                .with("storage.readings=cassandra://h/k?dc=d")
                .with("storage.retention.raw=365d"));
    assertThat(settings.toConfig().storage().retention().raw()).contains(Duration.ofDays(365));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cassandra://h/k",
        "cassandra://h/k?dc=",
        "cassandra://h?dc=d",
        "cassandra:///k?dc=d",
        "cassandra://h/Keyspace?dc=d",
        "cassandra://h/k-1?dc=d",
        "cassandra://u@h/k?dc=d",
        "cassandra://h:0/k?dc=d",
        "cassandra://h:99999/k?dc=d",
        "cassandra://h,,i/k?dc=d",
        "cassandra://h/k?dc=d&dc=e",
        "cassandra://h/k?dc=d&consistency=sometimes",
        "cassandra://h/k?dc=d&replication=0",
        "cassandra://h/k?dc=d&replication=many",
        "cassandra://h/k?dc=d&ssl=true",
        "cassandra://h/k?dc=%zz",
        "postgresql://u@h/k?dc=d",
      })
  void anythingElseIsRefusedWithWhatIsAllowed(String url) {
    InvalidConfiguration refused =
        catchThrowableOfType(InvalidConfiguration.class, () -> readings(url));
    assertThat(refused.getMessage())
        .contains("storage.readings: the value is not allowed (command line); allowed: embedded")
        .contains("/keyspace?dc=NAME");
  }

  private static Optional<CassandraOptions> readings(String url) {
    return ConfigReader.read(NOTHING.with("storage.readings=" + url)).toConfig().readings();
  }
}
