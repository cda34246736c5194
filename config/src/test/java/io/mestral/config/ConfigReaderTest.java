package io.mestral.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mestral.config.BrokerOptions.Access;
import io.mestral.config.HttpOptions.SignUp;
import io.mestral.config.NodeOptions.LogFormat;
import io.mestral.config.NodeOptions.LogLevel;
import io.mestral.config.NodeOptions.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  private static final ConfigSources NOTHING = ConfigSources.of(Map.of());

  @TempDir Path folder;

  @Test
  void withoutAnySourceTheDefaultsHold() {
    MestralConfig config = ConfigReader.read(NOTHING).toConfig();

    assertThat(config.node())
        .isEqualTo(NodeOptions.named(HostName.current()))
        .extracting(NodeOptions::name)
        .asString()
        .isNotBlank();
    assertThat(config.broker()).isEqualTo(BrokerOptions.DEFAULTS);
    assertThat(config.http()).isEqualTo(HttpOptions.DEFAULTS);
    assertThat(config.storage()).isEqualTo(StorageOptions.in(Path.of("./data")));
  }

  @Test
  void theEnvironmentWinsOverTheFileAndTheCommandLineOverBoth() throws IOException {
    Path file = yaml("mqtt:\n  port: 1\n  max-packet: 2 MiB\nhttp.port: 2\nnode: {name: file}\n");
    Map<String, String> environment =
        Map.of("MESTRAL_HTTP_PORT", "3", "MESTRAL_NODE_NAME", "environment");

    MestralConfig config =
        ConfigReader.read(ConfigSources.of(environment).withFile(file).with("node.name=command"))
            .toConfig();

    assertThat(config.broker().port()).isEqualTo(1);
    assertThat(config.broker().limits().maxPacket()).isEqualTo(2 << 20);
    assertThat(config.http().port()).isEqualTo(3);
    assertThat(config.node().name()).isEqualTo("command");
  }

  @Test
  void theLastOfTwoAssignmentsWins() {
    assertThat(config("mqtt.port=1", "mqtt.port=2").broker().port()).isEqualTo(2);
  }

  @Test
  void everyTypeReadsWhatItPromises() {
    MestralConfig config =
        config(
            "node.host=::1",
            "node.public-url=https://sense.example.org/base/",
            "log.format=json",
            "log.level=DEBUG",
            "mqtt.access=open",
            "mqtt.max-keep-alive=5 m",
            "mqtt.queue.max-bytes=512KiB",
            "mqtt.connect-timeout=20",
            "mqtt.bridge-prefixes=a, b/c",
            "accounts.sign-up=closed",
            "limits.http-per-minute=0",
            "limits.wrong-logins-per-minute=6",
            "limits.refused-per-second=7",
            "storage.sync=interval:100ms",
            "data.dir=/tmp/x");

    assertThat(config.node().host()).isEqualTo("::1");
    assertThat(config.node().publicUrl()).contains("https://sense.example.org/base");
    assertThat(config.http().publicUrl()).isEqualTo(config.node().publicUrl());
    assertThat(config.node().logFormat()).isEqualTo(LogFormat.JSON);
    assertThat(config.node().logLevel()).isEqualTo(LogLevel.DEBUG);
    assertThat(config.broker().host()).isEqualTo("::1");
    assertThat(config.broker().access()).isEqualTo(Access.OPEN);
    assertThat(config.broker().limits().maxKeepAlive()).contains(Duration.ofMinutes(5));
    assertThat(config.broker().sessions().queueMaxBytes()).isEqualTo(512 << 10);
    assertThat(config.broker().limits().connectTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.broker().bridgePrefixes()).containsExactly("a", "b/c");
    assertThat(config.http().signUp()).isEqualTo(SignUp.CLOSED);
    assertThat(config.http().requestsPerMinute()).isZero();
    assertThat(config.node().wrongLoginsPerMinute()).isEqualTo(6);
    assertThat(config.broker().limits().refusedPerSecond()).isEqualTo(7);
    assertThat(config.storage().syncInterval()).contains(Duration.ofMillis(100));
    assertThat(config.storage().dataDir()).isEqualTo(Path.of("/tmp/x"));
  }

  @Test
  void theRateOfOneClientIsLimitedByItselfWhereClientsAreKnown() {
    assertThat(maxRate()).hasValue(10_000);
    assertThat(maxRate("mqtt.access=open")).isEmpty();
    assertThat(maxRate("mqtt.max-rate=none")).isEmpty();
    assertThat(maxRate("mqtt.access=open", "mqtt.max-rate=5")).hasValue(5);
    assertThat(problems("mqtt.max-rate=0"))
        .singleElement()
        .asString()
        .contains("a number from 1 to 10000000, or none, or auto");
  }

  private static OptionalInt maxRate(String... assignments) {
    return config(assignments).broker().limits().maxRate();
  }

  @Test
  void tlsTakesAPortACertificateAndAKeyTogether() {
    assertThat(config("mqtt.port=1").broker().tls()).isEmpty();
    assertThat(
            config("mqtt.tls.port=0", "mqtt.tls.cert=c.pem", "mqtt.tls.key=k.pem").broker().tls())
        .contains(new TlsOptions(0, Path.of("c.pem"), Path.of("k.pem"), Optional.empty()));
    assertThat(problems("mqtt.tls.port=8883"))
        .hasSize(2)
        .allMatch(problem -> problem.contains("is missing"));
    assertThat(problems("mqtt.tls.client-ca=ca.pem")).hasSize(3);
  }

  @Test
  void httpsIsOpenedByItsCertificateAndKey() {
    assertThat(config("http.port=1").http().tls()).isEmpty();
    assertThat(config("http.tls.cert=c.pem", "http.tls.key=k.pem").http().tls())
        .contains(new TlsOptions(8443, Path.of("c.pem"), Path.of("k.pem"), Optional.empty()));
    assertThat(problems("http.tls.cert=c.pem"))
        .singleElement()
        .asString()
        .startsWith("http.tls.key is missing");
    assertThat(problems("http.tls.port=443")).hasSize(2);
  }

  @Test
  void noTwoPortsAreTheSame() {
    assertThat(
            problems("mqtt.port=7", "mqtt.tls.port=7", "mqtt.tls.cert=c.pem", "mqtt.tls.key=k.pem"))
        .containsExactly("mqtt.port and mqtt.tls.port are both 7; each needs its own");
    assertThat(problems("http.port=8443", "http.tls.cert=c.pem", "http.tls.key=k.pem"))
        .containsExactly("http.port and http.tls.port are both 8443; each needs its own");
    assertThat(config("http.port=8443", "mqtt.port=0").http().port()).isEqualTo(8443);
  }

  @Test
  void aListMayBeAYamlList() throws IOException {
    Path file = yaml("mqtt:\n  bridge-prefixes: [north, south/sc]\n");

    assertThat(ConfigReader.read(NOTHING.withFile(file)).toConfig().broker().bridgePrefixes())
        .containsExactly("north", "south/sc");
  }

  @Test
  void theEdgeProfileHasSmallerBoundsThatCanBeOverruled() {
    MestralConfig edge = config("node.profile=edge", "mqtt.queue.max-bytes=1 MiB");

    assertThat(edge.node().profile()).isEqualTo(Profile.EDGE);
    assertThat(edge.storage().openReadings()).isEqualTo(200_000);
    assertThat(edge.storage().journalMaxBytes()).isEqualTo(256L << 20);
    assertThat(edge.broker().sessions().queueMaxBytes()).isEqualTo(1 << 20);
    assertThat(config("node.profile=edge").broker().sessions().queueMaxBytes()).isEqualTo(8 << 20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mqtt.port=70000                  | '70000' is not allowed (command line); allowed: a port"
            + " from 0",
        "mqtt.port=                       | '' is not allowed",
        "mqtt.access=everybody            | allowed: platform, open",
        "mqtt.max-packet=1 MB             | allowed: bytes from 128 B to 15 MiB",
        "mqtt.max-packet=999999999999 GiB | is not allowed",
        "mqtt.max-keep-alive=soon         | allowed: a duration such as 100ms",
        "mqtt.max-keep-alive=19h          | from 1s to 65535s, or none",
        "mqtt.receive-maximum=0           | a number from 1 to 65535",
        "mqtt.bridge-prefixes=a/#         | without wildcards",
        "node.public-url=sense.example    | an http or https URL",
        "node.name=a b                    | 1 to 63 letters",
        "node.host=a:1:z/                 | an address or host name",
        "storage.sync=sometimes           | always, or interval:",
        "storage.sync=interval:2h         | from 1ms to 1m",
        "storage.metadata=sqlite          | allowed: embedded",
        "log.level=loud                   | error, warn, info, debug, trace",
        "limits.http-per-minute=-1        | 0 is no limit",
        "limits.refused-per-second=-1     | 0 is no limit",
      })
  void aBadValueNamesKeyValueAndWhatIsAllowed(String assignment, String complaint) {
    assertThat(problems(assignment.strip()))
        .singleElement()
        .asString()
        .startsWith(assignment.substring(0, assignment.indexOf('=')) + ": ")
        .contains(complaint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cluster.members=a:1,b:2",
        "cluster.tls.ca=x",
        "uplink.max-bytes=1",
        "web.tiles=x"
      })
  void whatThisVersionCannotDoIsRefusedAndNeverIgnored(String assignment) {
    assertThat(problems(assignment))
        .singleElement()
        .asString()
        .startsWith(assignment.substring(0, assignment.indexOf('=')))
        .contains("is not available in this version (" + Release.version() + ")")
        .doesNotContain("pass");
  }

  @Test
  void aNodeIsTheGatewayOfAnotherByUrlNameAndToken() {
    MestralConfig config =
        config("uplink.url=mqtts://hub.example", "uplink.name=roof", "uplink.token=hush");
    UplinkOptions uplink = config.uplink().orElseThrow();
    assertThat(uplink.host()).isEqualTo("hub.example");
    assertThat(uplink.port()).isEqualTo(8883);
    assertThat(uplink.isEncrypted()).isTrue();
    assertThat(uplink.token()).hasToString("(hidden)");
    assertThat(config().uplink()).isEmpty();
    assertThat(problems("uplink.url=mqtt://hub.example:1883"))
        .anySatisfy(problem -> assertThat(problem).contains("uplink.token"));
    assertThat(problems("uplink.url=http://hub", "uplink.name=a", "uplink.token=b"))
        .singleElement()
        .asString()
        .contains("mqtt:// or mqtts://");
  }

  @Test
  void anotherProviderIsReadAsItIsWritten() {
    MestralConfig config =
        config(
            "oauth.issuer=https://id.example.org/",
            "oauth.client-id=mestral",
            "oauth.client-secret=hush",
            "http.origins=https://map.example.org, http://127.0.0.1:5173");
    OAuthOptions.External external = config.oauth().external().orElseThrow();
    assertThat(external.issuer()).isEqualTo("https://id.example.org/");
    assertThat(external.clientSecret()).hasToString("Optional[(hidden)]");
    assertThat(external.audience()).isEmpty();
    assertThat(config.http().origins())
        .containsExactlyInAnyOrder("https://map.example.org", "http://127.0.0.1:5173");
    assertThat(problems("oauth.issuer=https://id.example.org"))
        .containsExactly("oauth.issuer and oauth.client-id are given together");
    assertThat(problems("http.origins=https://map.example.org/path")).hasSize(1);
  }

  @Test
  void proxiesAreAddressesAndRanges() {
    assertThat(config().http().trustedProxies()).isEmpty();
    assertThat(config("http.trusted-proxies=127.0.0.1, 10.1.0.0/16,2001:db8::/32").http())
        .extracting(HttpOptions::trustedProxies)
        .asString()
        .contains("127.0.0.1/32", "10.1.0.0/16", "2001:db8:0:0:0:0:0:0/32");
    assertThat(problems("http.trusted-proxies=127.0.0.1, proxy.example.org"))
        .singleElement()
        .asString()
        .startsWith("http.trusted-proxies: '127.0.0.1, proxy.example.org' is not allowed")
        .contains("IPv4 and IPv6 addresses and ranges");
  }

  @Test
  void hoursAndDaysOutliveTheirReadings() {
    assertThat(problems("storage.retention.rollup=30d"))
        .containsExactly(
            "storage.retention.rollup must not be shorter than storage.retention.raw:"
                + " hours and days outlive their readings");
    assertThat(problemsOf(Map.of("MESTRAL_STORAGE_RETENTION_RAW", "12h"))).hasSize(1);
  }

  @Test
  void whatThisVersionCannotDoIsRefusedInTheEnvironmentToo() {
    assertThat(problemsOf(Map.of("MESTRAL_UPLINK_MAX_BYTES", "x", "MESTRAL_WEB_TILES", "x")))
        .hasSize(2)
        .allMatch(problem -> problem.contains("is not available in this version"));
  }

  @Test
  void anUnknownKeyLeadsToTheNearestKnownOne() throws IOException {
    assertThat(problems("mqtt.prot=1"))
        .containsExactly("unknown key mqtt.prot (command line); the nearest known is mqtt.port");
    assertThat(problemsOf(Map.of("MESTRAL_HTTP_PROT", "1")))
        .containsExactly(
            "unknown environment variable MESTRAL_HTTP_PROT; the nearest known is"
                + " MESTRAL_HTTP_PORT");
    Path file = yaml("\nlogs:\n  level: info\n");
    assertThat(catchProblems(NOTHING.withFile(file)))
        .containsExactly("unknown key logs.level (" + file + ":3); the nearest known is log.level");
  }

  @Test
  void variablesOfOthersAndOfTheScriptAreLeftAlone() {
    ConfigReader.read(
        ConfigSources.of(Map.of("MESTRAL_JAVA_OPTS", "-Xmx1g", "HOME", "/root", "MESTRALX", "1")));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws IOException {
    Path file = yaml("mqtt.port: x\nmqtt:\n  prot: 1\n");

    assertThat(
            catchProblems(
                ConfigSources.of(Map.of("MESTRAL_LOG_LEVEL", "loud")).withFile(file).with("oops")))
        .hasSize(4);
  }

  @Test
  void twoListenersCannotShareAPort() {
    assertThat(problems("mqtt.port=9000", "http.port=9000"))
        .containsExactly("mqtt.port and http.port are both 9000; each needs its own");
    assertThat(config("mqtt.port=0", "http.port=0").http().port()).isZero();
  }

  @Test
  void aSecretMayStandInAFileOfItsOwn() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "s3same \n");

    for (ConfigSources sources :
        List.of(
            ConfigSources.of(Map.of("MESTRAL_ADMIN_PASSWORD_FILE", secret.toString())),
            NOTHING.with("admin.password_file=" + secret),
            NOTHING.withFile(yaml("admin:\n  password_file: " + secret))))
      assertThat(ConfigReader.read(sources).toConfig().node().adminPassword())
          .contains(new Hidden("s3same "));
  }

  @Test
  void aSecretFileThatCannotBeReadIsNamed() {
    assertThat(problems("admin.password_file=/nowhere/secret"))
        .singleElement()
        .asString()
        .contains("admin.password_file")
        .contains("/nowhere/secret");
  }

  @Test
  void onePlaceGivesASecretOnce() {
    assertThat(problems("admin.password=a", "admin.password_file=/dev/null"))
        .contains("give either admin.password or admin.password_file, not both");
  }

  @Test
  void onlySecretsMayStandInFiles() {
    assertThat(problems("mqtt.port_file=/dev/null")).singleElement().asString().contains("unknown");
  }

  @Test
  void aSecretIsNeverPrinted() {
    Settings settings = ConfigReader.read(NOTHING.with("admin.password=hunter2"));

    assertThat(settings.toYaml()).doesNotContain("hunter2").contains("#admin.password: (hidden)");
    assertThat(settings.toConfig().toString()).doesNotContain("hunter2");
    assertThat(problems("admin.password=   ", "mqtt.port=x").toString())
        .contains("the value is not");
    assertThat(problems("admin.password hunter2").toString()).doesNotContain("hunter2");
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "mestral", ".yaml"), text);
  }

  private static MestralConfig config(String... assignments) {
    return ConfigReader.read(with(assignments)).toConfig();
  }

  private static List<String> problems(String... assignments) {
    return catchProblems(with(assignments));
  }

  private static List<String> problemsOf(Map<String, String> environment) {
    return catchProblems(ConfigSources.of(environment));
  }

  private static ConfigSources with(String... assignments) {
    ConfigSources sources = NOTHING;
    for (String assignment : assignments) sources = sources.with(assignment);
    return sources;
  }

  private static List<String> catchProblems(ConfigSources sources) {
    return catchThrowableOfType(InvalidConfiguration.class, () -> ConfigReader.read(sources))
        .problems();
  }
}
