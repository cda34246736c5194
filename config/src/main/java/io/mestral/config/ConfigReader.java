package io.mestral.config;

import io.mestral.config.NodeOptions.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the configuration: a YAML file, then the environment, then assignments; later wins. A
 * secret may stand in a file of its own, named by {@code MESTRAL_KEY_FILE} in the environment and
 * by {@code key_file} elsewhere. All that is wrong is found in one go.
 */
public final class ConfigReader {
  private static final String FILE_SUFFIX = "_file";

  /** Variables that the start script uses itself. */
  private static final Set<String> OF_THE_SCRIPT = Set.of("MESTRAL_JAVA_OPTS");

  private final List<String> problems = new ArrayList<>();
  private final Map<Key<?>, Setting> given = new LinkedHashMap<>();

  private ConfigReader() {}

  /**
   * Reads and checks.
   *
   * @throws InvalidConfiguration with every problem found
   */
  public static Settings read(ConfigSources sources) {
    ConfigReader reader = new ConfigReader();
    sources.file().ifPresent(file -> reader.take(YamlFile.read(file, reader.problems)));
    reader.take(reader.variables(sources.environment()));
    reader.take(reader.assignments(sources.assignments()));
    return reader.check();
  }

  private List<Setting> variables(Map<String, String> environment) {
    Map<String, String> names = new HashMap<>();
    Keys.names().forEach(name -> names.put(Key.variable(name), name));
    Keys.ALL.stream()
        .filter(key -> key.type().secret())
        .forEach(key -> names.put(key.variable() + "_FILE", key.name() + FILE_SUFFIX));
    List<Setting> settings = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach(
            (variable, text) -> {
              if (!variable.startsWith("MESTRAL_") || OF_THE_SCRIPT.contains(variable)) return;
              if (names.containsKey(variable))
                settings.add(new Setting(names.get(variable), text, "environment " + variable));
              else if (LaterKeys.has(laterName(variable))) notAvailable(variable);
              else unknown("environment variable " + variable, variable, names.keySet());
            });
    return settings;
  }

  private static String laterName(String variable) {
    return variable.substring("MESTRAL_".length()).toLowerCase(Locale.ROOT).replace('_', '.');
  }

  private List<Setting> assignments(List<String> assignments) {
    List<Setting> settings = new ArrayList<>();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) problems.add("--set takes KEY=VALUE; one of them has no '='");
      else
        settings.add(
            new Setting(
                assignment.substring(0, equals).strip(),
                assignment.substring(equals + 1),
                "command line"));
    }
    return settings;
  }

  private void take(List<Setting> layer) {
    for (Setting setting : layer) {
      Optional<Key<?>> key = Keys.named(setting.name());
      if (key.isPresent()) given.put(key.get(), setting);
      else if (LaterKeys.has(setting.name())) notAvailable(setting.name());
      else takeFileOrRefuse(setting);
    }
    refuseSecretsGivenTwice(layer);
  }

  private void takeFileOrRefuse(Setting setting) {
    Optional<Key<?>> secret =
        setting.name().endsWith(FILE_SUFFIX)
            ? Keys.named(
                    setting.name().substring(0, setting.name().length() - FILE_SUFFIX.length()))
                .filter(key -> key.type().secret())
            : Optional.empty();
    if (secret.isPresent()) contentOf(setting).ifPresent(text -> given.put(secret.get(), text));
    else
      unknown(
          "key " + setting.name() + " (" + setting.origin() + ")",
          setting.name(),
          Keys.names().toList());
  }

  /** The line end that editors put behind a secret isn't part of it. */
  private Optional<Setting> contentOf(Setting setting) {
    try {
      String text = Files.readString(Path.of(setting.text())).replaceAll("\\R\\z", "");
      return Optional.of(
          new Setting(setting.name(), text, setting.origin() + ", " + setting.text()));
    } catch (IOException | IllegalArgumentException e) {
      problems.add(
          setting.name()
              + ": the file '"
              + setting.text()
              + "' cannot be read ("
              + setting.origin()
              + ")");
      return Optional.empty();
    }
  }

  private void refuseSecretsGivenTwice(List<Setting> layer) {
    List<String> names = layer.stream().map(Setting::name).toList();
    for (String name : Set.copyOf(names))
      if (names.contains(name + FILE_SUFFIX))
        problems.add("give either " + name + " or " + name + FILE_SUFFIX + ", not both");
  }

  private void notAvailable(String name) {
    problems.add(name + " is not available in this version (" + Release.version() + ")");
  }

  private void unknown(String what, String written, Iterable<String> candidates) {
    List<String> all = new ArrayList<>();
    candidates.forEach(all::add);
    problems.add(
        "unknown " + what + "; the nearest known is " + NearestName.to(written, all.stream()));
  }

  private Settings check() {
    Profile profile = profile();
    Settings settings = new Settings();
    for (Key<?> key : Keys.ALL) {
      Optional<Setting> setting =
          Optional.ofNullable(given.get(key)).or(() -> fallback(key, profile));
      setting.ifPresent(found -> value(key, found).ifPresent(v -> settings.put(key, found, v)));
    }
    requireWhole(
        List.of(Keys.MQTT_TLS_PORT, Keys.MQTT_TLS_CERT, Keys.MQTT_TLS_KEY),
        List.of(Keys.MQTT_TLS_CLIENT_CA));
    requireWhole(List.of(Keys.UPLINK_URL, Keys.UPLINK_NAME, Keys.UPLINK_TOKEN), List.of());
    if (given.containsKey(Keys.UPLINK_ENROL) && given.containsKey(Keys.UPLINK_URL))
      problems.add("uplink.enrol and uplink.url are not given together: a code has the URL in it");
    requireWhole(List.of(Keys.HTTP_TLS_CERT, Keys.HTTP_TLS_KEY), List.of(Keys.HTTP_TLS_PORT));
    if (given.containsKey(Keys.MAIL_SMTP) && !given.containsKey(Keys.MAIL_FROM))
      problems.add("mail.from is missing: mail.smtp needs it");
    if (given.containsKey(Keys.OAUTH_ISSUER) != given.containsKey(Keys.OAUTH_CLIENT_ID))
      problems.add("oauth.issuer and oauth.client-id are given together");
    if (problems.isEmpty()) refuseEarlyLoss(settings);
    if (problems.isEmpty()) refuseSharedPorts(settings.toConfig());
    if (!problems.isEmpty()) throw new InvalidConfiguration(problems);
    return settings;
  }

  private Profile profile() {
    Setting setting = given.get(Keys.NODE_PROFILE);
    boolean edge = setting != null && setting.text().equalsIgnoreCase("edge");
    return edge ? Profile.EDGE : Profile.CLOUD;
  }

  private static Optional<Setting> fallback(Key<?> key, Profile profile) {
    String text = key.fallback().apply(profile);
    String origin =
        text.equals(key.fallback().apply(Profile.CLOUD)) ? "default" : "default of profile edge";
    return text.isEmpty() ? Optional.empty() : Optional.of(new Setting(key.name(), text, origin));
  }

  private <T> Optional<T> value(Key<T> key, Setting setting) {
    String shown = key.type().secret() ? "the value" : "'" + setting.text() + "'";
    String allowed = " (" + setting.origin() + "); allowed: " + key.type().allowed();
    try {
      return Optional.of(key.type().reader().apply(setting.text()));
    } catch (ValueType.NotAvailable e) {
      problems.add(key.name() + ": " + e.getMessage() + allowed);
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.add(key.name() + ": " + shown + " is not allowed" + allowed);
    }
    return Optional.empty();
  }

  /**
   * A port without its certificate can't be opened; a certificate without its port does nothing.
   *
   * @param more what means nothing without the others
   */
  private void requireWhole(List<Key<?>> whole, List<Key<?>> more) {
    if (Stream.concat(whole.stream(), more.stream()).noneMatch(given::containsKey)) return;
    String names = whole.stream().map(Key::name).collect(Collectors.joining(", "));
    for (Key<?> key : whole)
      if (!given.containsKey(key))
        problems.add(key.name() + " is missing: " + names + " are given together");
  }

  private void refuseEarlyLoss(Settings settings) {
    if (!Retention.isInOrder(settings.get(Keys.RETENTION_RAW), settings.get(Keys.RETENTION_ROLLUP)))
      problems.add(
          Keys.RETENTION_ROLLUP.name()
              + " must not be shorter than "
              + Keys.RETENTION_RAW.name()
              + ": hours and days outlive their readings");
  }

  private void refuseSharedPorts(MestralConfig config) {
    Map<Integer, String> taken = new HashMap<>();
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put(Keys.MQTT_PORT.name(), config.broker().port());
    config.broker().tls().ifPresent(tls -> ports.put(Keys.MQTT_TLS_PORT.name(), tls.port()));
    ports.put(Keys.HTTP_PORT.name(), config.http().port());
    config.http().tls().ifPresent(tls -> ports.put(Keys.HTTP_TLS_PORT.name(), tls.port()));
    ports.forEach(
        (name, port) -> {
          String other = port == 0 ? null : taken.putIfAbsent(port, name);
          if (other != null)
            problems.add(other + " and " + name + " are both " + port + "; each needs its own");
        });
  }
}
