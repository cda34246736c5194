package io.mestral.broker.telemetry.event;

import io.mestral.model.mqtt.QoS;
import io.mestral.model.outcome.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Something that happened to a client. Topics and filters come without the tokens in them; what may
 * happen with every message comes summed, at most once a second for each cause.
 */
public sealed interface BrokerEvent {
  /** When; for a sum, when it was drawn up. */
  Instant at();

  /** To whom. */
  ClientName client();

  /** What sort of event it is, such as {@code client_connected}. */
  default String kind() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .toLowerCase(Locale.ROOT);
  }

  /** What happened, in a sentence for operators. */
  String text();

  /** A client was let in and told so. */
  record ClientConnected(Instant at, ClientName client, Access access) implements BrokerEvent {
    @Override
    public String text() {
      return "connected with MQTT " + access.protocol() + " over " + access.transport();
    }
  }

  /** A client was turned away at the door; the code is the one of MQTT 5. */
  record ClientRefused(Instant at, ClientName client, int code, String words)
      implements BrokerEvent {
    @Override
    public String text() {
      return withCode("refused", code, words);
    }
  }

  /** A connection ended; the code is the one of MQTT 5. */
  record ClientDisconnected(Instant at, ClientName client, String reason, int code)
      implements BrokerEvent {
    @Override
    public String text() {
      return withCode("disconnected: " + reason, code, "");
    }
  }

  /** A client came again while it was still here, and its newer connection holds. */
  record SessionTakenOver(Instant at, ClientName client) implements BrokerEvent {
    @Override
    public String text() {
      return "took its session over from an older connection";
    }
  }

  /** A filter was granted. */
  record SubscriptionGranted(Instant at, ClientName client, String filter, QoS qos)
      implements BrokerEvent {
    @Override
    public String text() {
      return "subscribed to " + filter + " at QoS " + qos.level();
    }
  }

  /** A filter was not granted. */
  record SubscriptionRefused(Instant at, ClientName client, String filter, Refusal reason)
      implements BrokerEvent {
    @Override
    public String text() {
      return "not subscribed to " + filter + ": " + words(reason);
    }
  }

  /** A filter was given back. */
  record SubscriptionEnded(Instant at, ClientName client, String filter) implements BrokerEvent {
    @Override
    public String text() {
      return "unsubscribed from " + filter;
    }
  }

  /** A filter that was granted once is not allowed any more. */
  record SubscriptionRevoked(Instant at, ClientName client, String filter) implements BrokerEvent {
    @Override
    public String text() {
      return "no longer allowed to subscribe to " + filter;
    }
  }

  /** Messages of a publisher were not kept. */
  record MessagesRefused(Instant at, ClientName client, Refusal reason, long messages)
      implements BrokerEvent {
    @Override
    public String text() {
      return messages + " of its messages refused: " + words(reason);
    }
  }

  /** Messages for a client were left out. */
  record MessagesDropped(Instant at, ClientName client, Drop why, long messages)
      implements BrokerEvent {
    @Override
    public String text() {
      return messages + " messages for it dropped: " + words(why);
    }
  }

  /** A client's network took nothing for a good while. */
  record ClientSlow(Instant at, ClientName client, Duration blocked) implements BrokerEvent {
    @Override
    public String text() {
      return "its network took nothing for " + blocked.toMillis() + " ms";
    }
  }

  /** A client's last message was published. */
  record WillPublished(Instant at, ClientName client, String topic) implements BrokerEvent {
    @Override
    public String text() {
      return "will published to " + topic;
    }
  }

  /**
   * How a client came in.
   *
   * @param protocol {@code 3.1}, {@code 3.1.1} or {@code 5.0}
   * @param transport such as {@code tcp}
   * @param address the other end's, without the port
   */
  record Access(String protocol, String transport, String address) {}

  private static String withCode(String what, int code, String words) {
    String said = words.isEmpty() ? "" : ", " + words;
    return code == 0 ? what + said : String.format("%s (0x%02x)%s", what, code, said);
  }

  private static String words(Enum<?> cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
