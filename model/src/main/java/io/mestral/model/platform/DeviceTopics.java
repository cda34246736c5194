package io.mestral.model.platform;

import io.mestral.model.access.Secret;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.platform.DeviceTopic.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The topics of kits: {@code device/sck/{token}/…} and {@code device/inventory}, each also behind
 * the prefixes of known bridges. Topics are read by levels, so a token may be called {@code info}.
 */
public final class DeviceTopics {
  private static final String DEVICE = "device/";
  private static final String KIT = "sck/";
  private static final String INVENTORY = "inventory";

  private final List<String> prefixes;

  /**
   * @param bridgePrefixes without a slash at the end, such as {@code bridge/sc}
   */
  public DeviceTopics(List<String> bridgePrefixes) {
    List<String> all = new ArrayList<>();
    for (String prefix : bridgePrefixes) all.add(prefix + "/" + DEVICE);
    this.prefixes = List.copyOf(all);
  }

  /** What a topic of a kit says; empty when it is no kit's topic. */
  public Optional<DeviceTopic> parse(String topic) {
    Optional<String> below = belowDevice(topic);
    if (below.isEmpty()) return Optional.empty();
    String rest = below.get();
    if (rest.equals(INVENTORY) || rest.equals(KIT + INVENTORY))
      return Optional.of(new DeviceTopic(Kind.INVENTORY, Optional.empty()));
    if (!rest.startsWith(KIT)) return Optional.empty();
    int slash = rest.indexOf('/', KIT.length());
    if (slash <= KIT.length()) return Optional.empty();
    Secret token = Secret.of(rest.substring(KIT.length(), slash));
    return Optional.of(new DeviceTopic(kind(rest.substring(slash + 1)), Optional.of(token)));
  }

  /** The token a filter names; empty when it names none, or a wildcard in its place. */
  public Optional<Secret> tokenOf(String filter) {
    return parse(filter)
        .flatMap(DeviceTopic::token)
        .filter(token -> !token.reveal().equals(TopicFilter.ONE_LEVEL));
  }

  /** The filters that catch every message of every kit. */
  public List<TopicFilter> filters() {
    List<TopicFilter> filters = new ArrayList<>();
    List<String> roots = new ArrayList<>(prefixes);
    roots.add(0, DEVICE);
    for (String root : roots)
      for (String rest :
          List.of(
              "sck/+/readings",
              "sck/+/readings/raw",
              "sck/+/info",
              "sck/+/hello",
              INVENTORY,
              KIT + INVENTORY)) filters.add(new TopicFilter(root + rest));
    return filters;
  }

  private Optional<String> belowDevice(String topic) {
    if (topic.startsWith(DEVICE)) return Optional.of(topic.substring(DEVICE.length()));
    for (String prefix : prefixes)
      if (topic.startsWith(prefix)) return Optional.of(topic.substring(prefix.length()));
    return Optional.empty();
  }

  private static Kind kind(String rest) {
    return switch (rest) {
      case "readings" -> Kind.READINGS;
      case "readings/raw" -> Kind.READINGS_RAW;
      case "info" -> Kind.INFO;
      case "hello" -> Kind.HELLO;
      default -> Kind.OTHER;
    };
  }
}
