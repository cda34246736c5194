package io.mestral.config;

import static io.mestral.config.ValueTypes.bytes;
import static io.mestral.config.ValueTypes.choice;
import static io.mestral.config.ValueTypes.duration;
import static io.mestral.config.ValueTypes.integer;
import static io.mestral.config.ValueTypes.orAuto;
import static io.mestral.config.ValueTypes.orForever;
import static io.mestral.config.ValueTypes.orNone;

import io.mestral.config.BrokerOptions.Access;
import io.mestral.config.HttpOptions.SignUp;
import io.mestral.config.NodeOptions.LogFormat;
import io.mestral.config.NodeOptions.LogLevel;
import io.mestral.config.NodeOptions.Profile;
import io.mestral.config.OAuthOptions.Registration;
import io.mestral.config.SessionOptions.WhenFull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every key of the configuration, with its type and default. */
final class Keys {
  private static final List<Key<?>> TABLE = new ArrayList<>();
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  static final Key<String> NODE_NAME =
      key(
          "node.name",
          ValueTypes.NAME,
          profile -> HostName.current(),
          "name of this node, unique in its cluster; the host name unless set");
  static final Key<String> NODE_HOST =
      key("node.host", ValueTypes.HOST, "127.0.0.1", "address all listeners bind to");
  static final Key<Profile> NODE_PROFILE =
      key("node.profile", choice(Profile.class), "cloud", "edge sets smaller bounds");
  static final Key<String> PUBLIC_URL =
      key(
          "node.public-url",
          ValueTypes.BASE_URL,
          "",
          "base of every address the node hands out; the http URL unless set");
  static final Key<Hidden> ADMIN_PASSWORD =
      key(
          "admin.password",
          ValueTypes.SECRET,
          "",
          "password of the first administrator; a random one unless set");
  static final Key<LogFormat> LOG_FORMAT =
      key("log.format", choice(LogFormat.class), "text", "how the log is written");
  static final Key<LogLevel> LOG_LEVEL =
      key("log.level", choice(LogLevel.class), "info", "the least severe events in the log");
  static final Key<SignUp> SIGN_UP =
      key(
          "accounts.sign-up",
          choice(SignUp.class),
          "open",
          "who may make an account: everybody, who was invited, or nobody but administrators");
  static final Key<Duration> RESET_LIFETIME =
      key(
          "accounts.reset-lifetime",
          duration(Duration.ofMinutes(5), Duration.ofDays(7)),
          "1h",
          "how long the code in a password mail works");
  static final Key<Optional<Duration>> AUDIT_MAX_AGE =
      key(
          "audit.max-age",
          orForever(duration(Duration.ofDays(1), Duration.ofDays(36_500))),
          "365d",
          "how long it is known what administrators and owners did");
  static final Key<Optional<String>> DATA_LICENCE =
      key(
          "data.licence",
          ValueTypes.orNone(ValueTypes.LINK),
          "https://creativecommons.org/licenses/by-sa/4.0/",
          "licence that public readings are given away under; none says nothing");
  static final Key<Path> DATA_DIR =
      key("data.dir", ValueTypes.PATH, "./data", "folder of all that the node keeps");
  static final Key<Integer> MQTT_PORT =
      key("mqtt.port", ValueTypes.PORT, "1883", "port of MQTT 3.1, 3.1.1 and 5");
  static final Key<Access> MQTT_ACCESS =
      key(
          "mqtt.access",
          choice(Access.class),
          "platform",
          "platform: the platform's rules; open: everybody everything, for laboratories");
  static final Key<Integer> MQTT_TLS_PORT =
      key("mqtt.tls.port", ValueTypes.PORT, "", "port of MQTT over TLS; closed unless set");
  static final Key<Path> MQTT_TLS_CERT =
      key("mqtt.tls.cert", ValueTypes.PATH, "", "certificate chain for it, PEM; read on change");
  static final Key<Path> MQTT_TLS_KEY =
      key("mqtt.tls.key", ValueTypes.PATH, "", "the certificate's private key, PEM");
  static final Key<Path> MQTT_TLS_CLIENT_CA =
      key("mqtt.tls.client-ca", ValueTypes.PATH, "", "who signs client certificates, PEM");
  static final Key<Boolean> PROXY_PROTOCOL =
      key(
          "mqtt.proxy-protocol",
          ValueTypes.SWITCH,
          "false",
          "whether a proxy before the MQTT ports says who connects (PROXY protocol 1 or 2)");
  static final Key<Integer> MAX_CONNECTIONS =
      key(
          "mqtt.max-connections",
          integer("a number from 1 to 10000000", 1, 10_000_000),
          profile -> profile == Profile.EDGE ? "2000" : "100000",
          "MQTT connections at a time");
  static final Key<Long> MAX_PACKET =
      key("mqtt.max-packet", bytes(128, 15 * MIB), "1 MiB", "largest MQTT packet taken");
  static final Key<Integer> RECEIVE_MAXIMUM =
      key(
          "mqtt.receive-maximum",
          integer("a number from 1 to 65535", 1, 65_535),
          profile -> profile == Profile.EDGE ? "256" : "1024",
          "unacknowledged messages taken from one client");
  static final Key<Integer> TOPIC_ALIAS_MAXIMUM =
      key(
          "mqtt.topic-alias-maximum",
          integer("a number from 0 to 65535", 0, 65_535),
          "16",
          "topic aliases one MQTT 5 client may set");
  static final Key<Integer> MAX_SUBSCRIPTIONS =
      key(
          "mqtt.max-subscriptions",
          integer("a number from 1 to 1000000", 1, 1_000_000),
          profile -> profile == Profile.EDGE ? "1000" : "10000",
          "subscriptions of one client");
  static final Key<Long> MAX_FILTER_BYTES =
      key(
          "mqtt.max-filter-bytes",
          bytes(1, GIB),
          profile -> profile == Profile.EDGE ? "128 KiB" : "1 MiB",
          "all topic filters of one client together");
  static final Key<Optional<Optional<Integer>>> MAX_RATE =
      key(
          "mqtt.max-rate",
          orAuto(orNone(integer("a number from 1 to 10000000", 1, 10_000_000))),
          "auto",
          "packets a second taken from one client; who sends more waits; auto is 10000 where"
              + " clients are known and none where anybody may come");
  static final Key<Optional<Duration>> MAX_KEEP_ALIVE =
      key(
          "mqtt.max-keep-alive",
          orNone(duration(Duration.ofSeconds(1), Duration.ofSeconds(65_535))),
          "none",
          "longest keep-alive granted");
  static final Key<Long> QUEUE_MAX_BYTES =
      key(
          "mqtt.queue.max-bytes",
          bytes(1024, 16 * GIB),
          profile -> profile == Profile.EDGE ? "8 MiB" : "64 MiB",
          "what may wait for one client");
  static final Key<Duration> QUEUE_MAX_AGE =
      key(
          "mqtt.queue.max-age",
          duration(Duration.ofSeconds(1), Duration.ofDays(3650)),
          "7d",
          "how long a message may wait for a client");
  static final Key<WhenFull> QUEUE_WHEN_FULL =
      key(
          "mqtt.queue.when-full",
          choice(WhenFull.class),
          "refuse",
          "refuse: tell the publisher; drop-newest, drop-oldest: leave a message out");
  static final Key<Duration> SESSION_MAX_EXPIRY =
      key(
          "mqtt.session.max-expiry",
          duration(Duration.ZERO, Duration.ofDays(3650)),
          "7d",
          "how long a session is kept for a client that is away");
  static final Key<Integer> SESSION_MAX =
      key(
          "mqtt.session.max",
          integer("a number from 1 to 10000000", 1, 10_000_000),
          profile -> profile == Profile.EDGE ? "10000" : "500000",
          "sessions kept in all, whether their clients are here or away");
  static final Key<Integer> SESSION_MAX_PER_PRINCIPAL =
      key(
          "mqtt.session.max-per-principal",
          integer("a number from 1 to 10000000", 1, 10_000_000),
          profile -> profile == Profile.EDGE ? "1000" : "10000",
          "sessions kept for one user or device");
  static final Key<Long> RETAINED_MAX_BYTES =
      key(
          "mqtt.retained.max-bytes",
          bytes(1024, 64 * GIB),
          profile -> profile == Profile.EDGE ? "16 MiB" : "256 MiB",
          "all retained messages together");
  static final Key<Optional<Duration>> SYS_INTERVAL =
      key(
          "mqtt.sys-interval",
          orNone(duration(Duration.ofSeconds(1), Duration.ofHours(1))),
          "10s",
          "how often the figures below $SYS are published");
  static final Key<String> SERVER_REFERENCE =
      key(
          "mqtt.server-reference",
          ValueTypes.SERVER_REFERENCE,
          "",
          "another server, named to MQTT 5 clients when this one stops");
  static final Key<Duration> CONNECT_TIMEOUT =
      key(
          "mqtt.connect-timeout",
          duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
          "10s",
          "how long a connection may take to say CONNECT");
  static final Key<List<String>> BRIDGE_PREFIXES =
      key(
          "mqtt.bridge-prefixes",
          ValueTypes.TOPIC_PREFIXES,
          "bridge,bridge/sc",
          "prefixes that bridges put before device/…");
  static final Key<Integer> HTTP_PORT =
      key("http.port", ValueTypes.PORT, "8080", "port of HTTP/1.1 and HTTP/2");
  static final Key<Integer> HTTP_TLS_PORT =
      key("http.tls.port", ValueTypes.PORT, "", "port of HTTPS; 8443 unless set");
  static final Key<Path> HTTP_TLS_CERT =
      key(
          "http.tls.cert",
          ValueTypes.PATH,
          "",
          "its certificate chain, PEM; opens the port; read on change");
  static final Key<Path> HTTP_TLS_KEY =
      key("http.tls.key", ValueTypes.PATH, "", "the certificate's private key, PEM");
  static final Key<Long> MAX_BODY =
      key(
          "http.max-body",
          bytes(1024, 4 * GIB),
          profile -> profile == Profile.EDGE ? "16 MiB" : "64 MiB",
          "largest request body taken");
  static final Key<Integer> REQUESTS_PER_MINUTE =
      key(
          "limits.http-per-minute",
          integer("a number from 0 to 1000000; 0 is no limit", 0, 1_000_000),
          "150",
          "requests a minute of one user, or of one address when nobody is signed in");
  static final Key<Set<String>> HTTP_ORIGINS =
      key(
          "http.origins",
          ValueTypes.ORIGINS,
          "",
          "origins whose pages may ask with the user's session, such as https://map.example.org");
  static final Key<Set<AddressRange>> TRUSTED_PROXIES =
      key(
          "http.trusted-proxies",
          ValueTypes.ADDRESS_RANGES,
          "",
          "proxies that are believed whom they ask for, such as 127.0.0.1, 10.1.0.0/16");
  static final Key<Duration> ACCESS_TOKEN_LIFETIME =
      key(
          "oauth.access-token-lifetime",
          duration(Duration.ofMinutes(1), Duration.ofDays(1)),
          "15m",
          "how long an application's access token is good");
  static final Key<Duration> REFRESH_TOKEN_LIFETIME =
      key(
          "oauth.refresh-token-lifetime",
          duration(Duration.ofMinutes(1), Duration.ofDays(3650)),
          "30d",
          "how long an application that does nothing stays allowed");
  static final Key<Duration> SIGNING_KEY_LIFETIME =
      key(
          "oauth.key-lifetime",
          duration(Duration.ofDays(2), Duration.ofDays(3650)),
          "30d",
          "how long a key signs tokens before the next one does");
  static final Key<Registration> OAUTH_REGISTRATION =
      key(
          "oauth.registration",
          choice(Registration.class),
          "users",
          "who may register applications by the protocol: users who are signed in, open to"
              + " everybody, or off");
  static final Key<String> OAUTH_ISSUER =
      key(
          "oauth.issuer",
          ValueTypes.ISSUER,
          "",
          "another OpenID provider whose users come in with its tokens");
  static final Key<String> OAUTH_CLIENT_ID =
      key("oauth.client-id", ValueTypes.WORD, "", "what that provider knows this node as");
  static final Key<Hidden> OAUTH_CLIENT_SECRET =
      key("oauth.client-secret", ValueTypes.SECRET, "", "what this node proves itself with there");
  static final Key<String> OAUTH_AUDIENCE =
      key(
          "oauth.audience",
          ValueTypes.WORD,
          "",
          "what that provider's tokens must be meant for; oauth.client-id unless set");
  static final Key<Integer> EXPORTS_AT_ONCE =
      key(
          "csv.exports-at-once",
          integer("a number from 1 to 1000", 1, 1000),
          profile -> profile == Profile.EDGE ? "4" : "16",
          "CSV exports sent at a time; a quarter of them to one asker");
  static final Key<Integer> UPLOADS_AT_ONCE =
      key(
          "csv.uploads-at-once",
          integer("a number from 1 to 1000", 1, 1000),
          profile -> profile == Profile.EDGE ? "2" : "8",
          "CSV uploads taken at a time; a quarter of them from one user");
  static final Key<Long> MAX_UPLOAD =
      key(
          "csv.max-upload",
          bytes(1024, 64 * GIB),
          profile -> profile == Profile.EDGE ? "256 MiB" : "1 GiB",
          "largest CSV upload taken, all its files together");
  static final Key<Long> ARCHIVES_MAX_BYTES =
      key(
          "csv.archives.max-bytes",
          bytes(MIB, 1024 * GIB),
          profile -> profile == Profile.EDGE ? "256 MiB" : "4 GiB",
          "all CSV archives on disk together");
  static final Key<Long> LEAST_RATE =
      key(
          "csv.least-rate",
          bytes(1, GIB),
          "1 KiB",
          "bytes a second that whoever takes or sends CSV keeps up, a minute aside");
  static final Key<SmtpServer> MAIL_SMTP =
      key(
          "mail.smtp",
          ValueTypes.SMTP_SERVER,
          "",
          "the mail server; without one nothing is mailed, and archives are links only");
  static final Key<String> MAIL_FROM =
      key("mail.from", ValueTypes.MAIL_ADDRESS, "", "whom mail is from");
  static final Key<String> MAIL_REPLY_TO =
      key("mail.reply-to", ValueTypes.MAIL_ADDRESS, "", "who reads answers to mail");
  static final Key<Path> MAIL_CA =
      key("mail.ca", ValueTypes.PATH, "", "who signs the mail server's certificate, PEM");
  static final Key<Integer> WRONG_LOGINS_PER_MINUTE =
      key(
          "limits.wrong-logins-per-minute",
          integer("a number from 0 to 1000000; 0 is no limit", 0, 1_000_000),
          "60",
          "wrong passwords a minute from one address, or for one name");
  static final Key<Integer> REFUSED_PER_SECOND =
      key(
          "limits.refused-per-second",
          integer("a number from 0 to 1000000; 0 is no limit", 0, 1_000_000),
          "10",
          "MQTT connections of one address that end before CONNECT was granted; more wait");
  static final Key<Optional<PostgresOptions>> METADATA =
      key(
          "storage.metadata",
          ValueTypes.METADATA,
          "embedded",
          "where accounts and devices are kept; or postgresql://user@host:port/database");
  static final Key<Optional<CassandraOptions>> READINGS =
      key(
          "storage.readings",
          ValueTypes.READINGS,
          "embedded",
          "where readings are kept; or cassandra://host:port/keyspace?dc=NAME");
  static final Key<Optional<Duration>> SYNC =
      key(
          "storage.sync",
          ValueTypes.SYNC,
          "always",
          "always: acknowledged means on disk; interval: a crash may lose that much");
  static final Key<Integer> OPEN_READINGS =
      key(
          "storage.open-readings",
          integer("a number from 1000 to 100000000", 1000, 100_000_000),
          profile -> profile == Profile.EDGE ? "200000" : "2000000",
          "readings held in memory before they are sealed into blocks");
  static final Key<Optional<Duration>> RETENTION_RAW =
      key(
          "storage.retention.raw",
          orForever(duration(Duration.ofDays(1), Duration.ofDays(36_500))),
          "forever",
          "how long readings are kept");
  static final Key<Optional<Duration>> RETENTION_ROLLUP =
      key(
          "storage.retention.rollup",
          orForever(duration(Duration.ofDays(1), Duration.ofDays(36_500))),
          "forever",
          "how long their hours and days are kept; not shorter than the readings");
  static final Key<Long> JOURNAL_MAX_BYTES =
      key(
          "storage.journal.max-bytes",
          bytes(MIB, 1024 * GIB),
          profile -> profile == Profile.EDGE ? "256 MiB" : "2 GiB",
          "how large the journal may grow before writes are refused");
  static final Key<Long> FORWARDING_MAX_BYTES =
      key(
          "storage.forwarding.max-bytes",
          bytes(1024, 128 * GIB),
          profile -> profile == Profile.EDGE ? "32 MiB" : "256 MiB",
          "what may wait to be forwarded to partners; at most an eighth of the journal");
  static final Key<SmartApiOptions.Units> SMARTAPI_QUDT =
      key(
          "smartapi.qudt",
          choice(SmartApiOptions.Units.class),
          "legacy",
          "how units are named in Smart API messages nobody asked for: legacy, modern");
  static final Key<Duration> SMARTAPI_MAX_AGE =
      key(
          "smartapi.request.max-age",
          duration(Duration.ofSeconds(1), Duration.ofDays(366)),
          "24h",
          "how long a Smart API request waits for a gateway unless it says itself");
  static final Key<Integer> SMARTAPI_MAX_ENTITIES =
      key(
          "smartapi.max-entities",
          integer("a number from 1 to 10000000", 1, 10_000_000),
          profile -> profile == Profile.EDGE ? "10000" : "200000",
          "Entities that may be made known here, beside the platform's devices");
  static final Key<Duration> SMARTAPI_HEARTBEAT =
      key(
          "smartapi.heartbeat-interval",
          duration(Duration.ofSeconds(1), Duration.ofDays(1)),
          "30s",
          "how often this node says over MQTT that it is there");
  static final Key<SmartApiOptions.Proofs> SMARTAPI_REQUIRE_PROOF =
      key(
          "smartapi.require-proof",
          choice(SmartApiOptions.Proofs.class),
          "nothing",
          "which Smart API requests need a proof of their sender: nothing, changes, everything");
  static final Key<Boolean> SMARTAPI_LOOPBACK =
      key(
          "smartapi.allow-loopback-interfaces",
          ValueTypes.SWITCH,
          "false",
          "whether announced interfaces on this machine and its links are called");
  static final Key<Set<AddressRange>> SMARTAPI_NETWORKS =
      key(
          "smartapi.callable-networks",
          ValueTypes.ADDRESS_RANGES,
          "",
          "private networks in which announced interfaces are called, such as 10.20.0.0/16");
  static final Key<String> SMARTAPI_NODE =
      key(
          "smartapi.node",
          ValueTypes.NAME,
          "",
          "this node's name in Smart API topics; node.name unless set");
  static final Key<String> UPLINK_URL =
      key(
          "uplink.url",
          ValueTypes.BROKER_URL,
          "",
          "the node that this one is a gateway of; without one it is nobody's");
  static final Key<String> UPLINK_NAME =
      key("uplink.name", ValueTypes.NAME, "", "what this node is called there, as a gateway");
  static final Key<Hidden> UPLINK_TOKEN =
      key("uplink.token", ValueTypes.SECRET, "", "the token that it was given there");
  static final Key<Hidden> UPLINK_ENROL =
      key("uplink.enrol", ValueTypes.SECRET, "", "the code to join another node with, once");
  static final Key<Path> UPLINK_CA =
      key("uplink.ca", ValueTypes.PATH, "", "who signs the certificate of that node, PEM");

  static final Key<String> TELEMETRY_OTLP =
      key(
          "telemetry.otlp-url",
          ValueTypes.BASE_URL,
          "",
          "where traces of Smart API requests are sent by OTLP over HTTP; nowhere without one");

  static final List<Key<?>> ALL = List.copyOf(TABLE);

  private Keys() {}

  static Optional<Key<?>> named(String name) {
    return ALL.stream().filter(key -> key.name().equals(name)).findFirst();
  }

  /** All names that mean something, those of later versions too. */
  static Stream<String> names() {
    return Stream.concat(ALL.stream().map(Key::name), LaterKeys.names());
  }

  private static <T> Key<T> key(String name, ValueType<T> type, String fallback, String meaning) {
    return key(name, type, profile -> fallback, meaning);
  }

  private static <T> Key<T> key(
      String name, ValueType<T> type, Function<Profile, String> fallback, String meaning) {
    Key<T> key = new Key<>(name, type, fallback, meaning);
    TABLE.add(key);
    return key;
  }
}
