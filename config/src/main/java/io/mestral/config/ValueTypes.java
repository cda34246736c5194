package io.mestral.config;

import io.mestral.config.ValueType.NotAvailable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types settings have. */
final class ValueTypes {
  private static final Pattern BYTES = Pattern.compile("(\\d{1,15})\\s*(b|kib|mib|gib|)");
  private static final String EMBEDDED = "embedded";
  private static final Map<String, Integer> SHIFTS = Map.of("kib", 10, "mib", 20, "gib", 30);

  static final ValueType<Integer> PORT =
      integer("a port from 0 to 65535; 0 takes any free one", 0, 65_535);

  static final ValueType<Hidden> SECRET =
      new ValueType<>("any text that is not empty", true, text -> new Hidden(notEmpty(text)));

  static final ValueType<Path> PATH =
      ValueType.of("the path of a folder", text -> Path.of(notEmpty(text)));

  static final ValueType<String> NAME =
      matching("1 to 63 letters, digits, dots, hyphens or underscores", "[A-Za-z0-9._-]{1,63}");

  static final ValueType<String> HOST =
      matching("an address or host name without a port", "[A-Za-z0-9._-]+|[0-9a-fA-F:.]+(%\\w+)?");

  static final ValueType<Boolean> SWITCH =
      ValueType.of(
          "true or false",
          text -> {
            if (!text.equals("true") && !text.equals("false"))
              throw new IllegalArgumentException(text);
            return text.equals("true");
          });

  static final ValueType<String> SERVER_REFERENCE =
      matching(
          "host or host:port, several with spaces between them",
          "[!-~]{1,255}( [!-~]{1,255}){0,9}");

  static final ValueType<String> BASE_URL =
      ValueType.of(
          "an http or https URL without query and fragment", text -> baseUrl(URI.create(text)));

  static final ValueType<String> LINK =
      matching("an http or https address", "https?://[^\\s<>\"]+");

  /** As the provider writes it, a slash at its end too: it is compared letter by letter. */
  static final ValueType<String> ISSUER =
      ValueType.of(
          "an http or https URL without query and fragment",
          text -> {
            baseUrl(URI.create(text));
            return text;
          });

  static final ValueType<String> WORD =
      matching("up to 255 characters without spaces", "[!-~]{1,255}");

  static final ValueType<Set<String>> ORIGINS =
      ValueType.of(
          "origins separated by commas, such as https://map.example.org:8443", ValueTypes::origins);

  static final ValueType<Set<AddressRange>> ADDRESS_RANGES =
      ValueType.of(
          "IPv4 and IPv6 addresses and ranges separated by commas, such as 127.0.0.1, 10.1.0.0/16"
              + " or 2001:db8::/32; a range begins at its lowest address, and /0 is none",
          ValueTypes::addressRanges);

  static final ValueType<SmtpServer> SMTP_SERVER =
      new ValueType<>(
          "smtp:// or smtps://, perhaps user:password@, a host, perhaps a port, perhaps"
              + " ?starttls=never, offered or required",
          true,
          SmtpServer::parse);

  static final ValueType<String> BROKER_URL =
      matching(
          "mqtt:// or mqtts://, a host and perhaps a port",
          "mqtts?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?/?");

  static final ValueType<String> MAIL_ADDRESS =
      matching(
          "user@host, or a name and then <user@host>",
          "[^<>@,;\\s\\p{Cntrl}]+@[A-Za-z0-9.:\\[\\]-]+"
              + "|[A-Za-z0-9 ._-]+ <[^<>@,;\\s\\p{Cntrl}]+@[A-Za-z0-9.:\\[\\]-]+>");

  static final ValueType<Optional<Duration>> SYNC =
      ValueType.of(
          "always, or interval: and a duration from 1ms to 1m, such as interval:100ms",
          ValueTypes::sync);

  static final ValueType<List<String>> TOPIC_PREFIXES =
      ValueType.of(
          "topic prefixes separated by commas, without wildcards and without a slash at either end",
          ValueTypes::topicPrefixes);

  /** The store inside the node, or a server in its place. The server's URL may hold a password. */
  static final ValueType<Optional<PostgresOptions>> METADATA =
      new ValueType<>(
          EMBEDDED + ", or " + PostgresUrl.ALLOWED,
          true,
          text -> text.equals(EMBEDDED) ? Optional.empty() : Optional.of(PostgresUrl.parse(text)));

  /** The same for readings. */
  static final ValueType<Optional<CassandraOptions>> READINGS =
      new ValueType<>(
          EMBEDDED + ", or " + CassandraUrl.ALLOWED,
          true,
          text -> text.equals(EMBEDDED) ? Optional.empty() : Optional.of(CassandraUrl.parse(text)));

  private ValueTypes() {}

  static ValueType<Integer> integer(String allowed, int least, int most) {
    return ValueType.of(
        allowed, text -> (int) within(Long.parseLong(text.strip()), least, most, allowed));
  }

  static ValueType<Long> bytes(long least, long most) {
    String allowed =
        "bytes from " + bytesText(least) + " to " + bytesText(most) + ", such as 512 KiB or 64 MiB";
    return ValueType.of(allowed, text -> within(parseBytes(text), least, most, allowed));
  }

  static ValueType<Duration> duration(Duration least, Duration most) {
    String allowed =
        DurationText.ALLOWED + " from " + least.toSeconds() + "s to " + most.toSeconds() + "s";
    return ValueType.of(allowed, text -> within(DurationText.parse(text), least, most, allowed));
  }

  static <T> ValueType<Optional<T>> orNone(ValueType<T> type) {
    return or("none", type);
  }

  static <T> ValueType<Optional<T>> orForever(ValueType<T> type) {
    return or("forever", type);
  }

  static <T> ValueType<Optional<T>> orAuto(ValueType<T> type) {
    return or("auto", type);
  }

  /** A word for no value, or a value. */
  private static <T> ValueType<Optional<T>> or(String word, ValueType<T> type) {
    return ValueType.of(
        type.allowed() + ", or " + word,
        text -> text.equals(word) ? Optional.empty() : Optional.of(type.reader().apply(text)));
  }

  static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
    List<E> all = Arrays.asList(type.getEnumConstants());
    String allowed = all.stream().map(ValueTypes::label).collect(Collectors.joining(", "));
    return ValueType.of(
        allowed,
        text ->
            all.stream()
                .filter(one -> label(one).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(allowed)));
  }

  /** The same type, where some of the other texts mean what only a later version can do. */
  static <T> ValueType<T> withLater(ValueType<T> type, Predicate<String> later, String what) {
    return ValueType.of(
        type.allowed(),
        text -> {
          if (later.test(text)) throw new NotAvailable(what);
          return type.reader().apply(text);
        });
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static ValueType<String> matching(String allowed, String expression) {
    Pattern pattern = Pattern.compile(expression);
    return ValueType.of(
        allowed,
        text -> {
          if (!pattern.matcher(text).matches()) throw new IllegalArgumentException(allowed);
          return text;
        });
  }

  private static String notEmpty(String text) {
    if (text.isBlank()) throw new IllegalArgumentException("empty");
    return text;
  }

  private static <C extends Comparable<C>> C within(C value, C least, C most, String allowed) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0)
      throw new IllegalArgumentException(allowed);
    return value;
  }

  private static long within(long value, long least, long most, String allowed) {
    return within(Long.valueOf(value), Long.valueOf(least), Long.valueOf(most), allowed);
  }

  private static long parseBytes(String text) {
    Matcher matcher = BYTES.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) throw new IllegalArgumentException("not bytes");
    long factor = 1L << SHIFTS.getOrDefault(matcher.group(2), 0);
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
  }

  private static String bytesText(long bytes) {
    if (bytes >= 1 << 30 && bytes % (1 << 30) == 0) return (bytes >> 30) + " GiB";
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) return (bytes >> 20) + " MiB";
    return bytes + " B";
  }

  private static String baseUrl(URI url) {
    boolean web =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    if (!web || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null)
      throw new IllegalArgumentException("not a base URL");
    return url.toString().replaceAll("/+$", "");
  }

  private static Set<String> origins(String text) {
    Set<String> origins = new LinkedHashSet<>();
    for (String one : text.split(",")) {
      if (one.isBlank()) continue;
      String origin = one.strip();
      if (!origin.matches("https?://[a-z0-9.\\[\\]:-]+")) throw new IllegalArgumentException(one);
      origins.add(origin);
    }
    return origins;
  }

  private static Set<AddressRange> addressRanges(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(one -> !one.isEmpty())
        .map(AddressRange::parse)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<Duration> sync(String text) {
    if (text.equals("always")) return Optional.empty();
    if (!text.startsWith("interval:")) throw new IllegalArgumentException(text);
    Duration interval = DurationText.parse(text.substring("interval:".length()));
    return Optional.of(within(interval, Duration.ofMillis(1), Duration.ofMinutes(1), text));
  }

  private static List<String> topicPrefixes(String text) {
    List<String> prefixes =
        Arrays.stream(text.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
    for (String prefix : prefixes)
      if (prefix.startsWith("/") || prefix.endsWith("/") || prefix.matches(".*[+#\\x00].*"))
        throw new IllegalArgumentException(prefix);
    return prefixes;
  }
}
