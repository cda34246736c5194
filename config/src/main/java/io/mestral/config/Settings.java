package io.mestral.config;

import io.mestral.config.BrokerOptions.Access;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The effective configuration: every key's value, and where it came from. */
public final class Settings {
  private static final int HTTPS_PORT = 8443;

  private record Effective(Setting setting, Object value) {}

  private final Map<Key<?>, Effective> values = new HashMap<>();

  Settings() {}

  <T> void put(Key<?> key, Setting setting, T value) {
    values.put(key, new Effective(setting, value));
  }

  <T> T get(Key<T> key) {
    return find(key).orElseThrow();
  }

  /** Sound, since a value is only put after its own key's type read it. */
  @SuppressWarnings("unchecked")
  private <T> Optional<T> find(Key<T> key) {
    return Optional.ofNullable(values.get(key)).map(effective -> (T) effective.value());
  }

  /** The same as the options that the rooms take. */
  public MestralConfig toConfig() {
    return new MestralConfig(
        node(),
        broker(),
        http(),
        new AccountOptions(get(Keys.RESET_LIFETIME), get(Keys.AUDIT_MAX_AGE)),
        oauth(),
        csv(),
        mail(),
        storage(),
        smartApi(),
        uplink(),
        find(Keys.UPLINK_ENROL),
        find(Keys.UPLINK_CA),
        new TelemetryOptions(find(Keys.TELEMETRY_OTLP)),
        get(Keys.METADATA),
        get(Keys.READINGS));
  }

  /**
   * As YAML that this version reads back, a key a line with its origin; a secret only says that it
   * is there.
   */
  public String toYaml() {
    StringBuilder yaml = new StringBuilder("# Mestral " + Release.version() + "\n");
    for (Key<?> key : Keys.ALL) {
      Effective effective = values.get(key);
      if (effective == null) line(yaml, "#" + key.name() + ":", "not set; " + key.meaning());
      else if (key.type().secret() && !isDefault(key, effective.setting()))
        line(yaml, "#" + key.name() + ": (hidden)", effective.setting().origin());
      else
        line(
            yaml,
            key.name() + ": " + scalar(effective.setting().text()),
            effective.setting().origin());
    }
    return yaml.toString();
  }

  /** What everybody knows is no secret. */
  private boolean isDefault(Key<?> key, Setting setting) {
    return setting.text().equals(key.fallback().apply(get(Keys.NODE_PROFILE)));
  }

  private static void line(StringBuilder yaml, String text, String comment) {
    yaml.append(String.format("%-44s", text)).append(" # ").append(comment.replaceAll("\\R", " "));
    yaml.append('\n');
  }

  private static String scalar(String text) {
    return text.matches("[A-Za-z0-9./_]([A-Za-z0-9 ,:./_+-]*[A-Za-z0-9./_+-])?")
            && !text.contains(": ")
        ? text
        : quoted(text);
  }

  /** YAML's double quotes take JSON's escapes. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') quoted.append('\\').append(c);
      else if (Character.isISOControl(c)) quoted.append(String.format("\\u%04x", (int) c));
      else quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  private NodeOptions node() {
    return new NodeOptions(
        get(Keys.NODE_NAME),
        get(Keys.NODE_HOST),
        get(Keys.NODE_PROFILE),
        find(Keys.PUBLIC_URL),
        find(Keys.ADMIN_PASSWORD),
        get(Keys.WRONG_LOGINS_PER_MINUTE),
        get(Keys.LOG_FORMAT),
        get(Keys.LOG_LEVEL));
  }

  private BrokerOptions broker() {
    return new BrokerOptions(
        get(Keys.NODE_HOST),
        get(Keys.MQTT_PORT),
        mqttTls(),
        get(Keys.PROXY_PROTOCOL),
        get(Keys.MQTT_ACCESS),
        limits(),
        sessions(),
        find(Keys.SERVER_REFERENCE),
        get(Keys.SYS_INTERVAL),
        get(Keys.BRIDGE_PREFIXES));
  }

  /** The reader has seen to it that a port has its certificate and key. */
  private Optional<TlsOptions> mqttTls() {
    return find(Keys.MQTT_TLS_PORT)
        .map(
            port ->
                new TlsOptions(
                    port,
                    get(Keys.MQTT_TLS_CERT),
                    get(Keys.MQTT_TLS_KEY),
                    find(Keys.MQTT_TLS_CLIENT_CA)));
  }

  private ClientLimits limits() {
    return new ClientLimits(
        get(Keys.MAX_CONNECTIONS),
        get(Keys.CONNECT_TIMEOUT),
        get(Keys.MAX_KEEP_ALIVE),
        get(Keys.MAX_PACKET).intValue(),
        get(Keys.RECEIVE_MAXIMUM),
        get(Keys.TOPIC_ALIAS_MAXIMUM),
        get(Keys.MAX_SUBSCRIPTIONS),
        get(Keys.MAX_FILTER_BYTES).intValue(),
        maxRate(),
        get(Keys.REFUSED_PER_SECOND));
  }

  /** In a laboratory a benchmark may be the one client; elsewhere it is one of very many. */
  private OptionalInt maxRate() {
    return get(Keys.MAX_RATE)
        .map(rate -> rate.map(OptionalInt::of).orElseGet(OptionalInt::empty))
        .orElseGet(
            () ->
                get(Keys.MQTT_ACCESS) == Access.OPEN
                    ? OptionalInt.empty()
                    : OptionalInt.of(ClientLimits.USUAL_RATE));
  }

  private SessionOptions sessions() {
    return new SessionOptions(
        get(Keys.SESSION_MAX_EXPIRY),
        get(Keys.SESSION_MAX),
        get(Keys.SESSION_MAX_PER_PRINCIPAL),
        get(Keys.QUEUE_MAX_BYTES),
        get(Keys.QUEUE_MAX_AGE),
        get(Keys.QUEUE_WHEN_FULL),
        get(Keys.RETAINED_MAX_BYTES));
  }

  private HttpOptions http() {
    return new HttpOptions(
        get(Keys.NODE_HOST),
        get(Keys.HTTP_PORT),
        httpTls(),
        find(Keys.PUBLIC_URL),
        get(Keys.REQUESTS_PER_MINUTE),
        get(Keys.MAX_BODY),
        get(Keys.SIGN_UP),
        find(Keys.HTTP_ORIGINS).orElse(Set.of()),
        find(Keys.TRUSTED_PROXIES).orElse(Set.of()),
        get(Keys.DATA_LICENCE));
  }

  /** The reader has seen to it that an issuer knows this node by an id. */
  private OAuthOptions oauth() {
    return new OAuthOptions(
        get(Keys.ACCESS_TOKEN_LIFETIME),
        get(Keys.REFRESH_TOKEN_LIFETIME),
        get(Keys.SIGNING_KEY_LIFETIME),
        get(Keys.OAUTH_REGISTRATION),
        find(Keys.OAUTH_ISSUER)
            .map(
                issuer ->
                    new OAuthOptions.External(
                        issuer,
                        get(Keys.OAUTH_CLIENT_ID),
                        find(Keys.OAUTH_CLIENT_SECRET),
                        find(Keys.OAUTH_AUDIENCE))));
  }

  /** Certificate and key are enough: the port of HTTPS beside 8080 is known. */
  private Optional<TlsOptions> httpTls() {
    return find(Keys.HTTP_TLS_CERT)
        .map(
            cert ->
                new TlsOptions(
                    find(Keys.HTTP_TLS_PORT).orElse(HTTPS_PORT),
                    cert,
                    get(Keys.HTTP_TLS_KEY),
                    Optional.empty()));
  }

  private CsvOptions csv() {
    return new CsvOptions(
        get(Keys.EXPORTS_AT_ONCE),
        get(Keys.UPLOADS_AT_ONCE),
        get(Keys.MAX_UPLOAD),
        get(Keys.ARCHIVES_MAX_BYTES),
        get(Keys.LEAST_RATE));
  }

  /** The reader has seen to it that a server has a sender. */
  private Optional<MailOptions> mail() {
    return find(Keys.MAIL_SMTP)
        .map(
            server ->
                new MailOptions(
                    server, get(Keys.MAIL_FROM), find(Keys.MAIL_REPLY_TO), find(Keys.MAIL_CA)));
  }

  private SmartApiOptions smartApi() {
    return new SmartApiOptions(
        find(Keys.SMARTAPI_NODE).orElse(get(Keys.NODE_NAME)),
        get(Keys.SMARTAPI_QUDT),
        get(Keys.SMARTAPI_MAX_AGE),
        get(Keys.SMARTAPI_MAX_ENTITIES),
        get(Keys.SMARTAPI_HEARTBEAT),
        get(Keys.SMARTAPI_REQUIRE_PROOF),
        new SmartApiOptions.Interfaces(
            get(Keys.SMARTAPI_LOOPBACK), find(Keys.SMARTAPI_NETWORKS).orElse(Set.of())));
  }

  /** The reader has seen to it that a URL has a name and a token. */
  private Optional<UplinkOptions> uplink() {
    return find(Keys.UPLINK_URL)
        .map(
            url ->
                UplinkOptions.of(
                    url, get(Keys.UPLINK_NAME), get(Keys.UPLINK_TOKEN), find(Keys.UPLINK_CA)));
  }

  private StorageOptions storage() {
    return new StorageOptions(
        get(Keys.DATA_DIR),
        get(Keys.SYNC),
        get(Keys.OPEN_READINGS),
        get(Keys.JOURNAL_MAX_BYTES),
        new Retention(get(Keys.RETENTION_RAW), get(Keys.RETENTION_ROLLUP)),
        get(Keys.FORWARDING_MAX_BYTES));
  }
}
