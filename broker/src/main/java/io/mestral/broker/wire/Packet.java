package io.mestral.broker.wire;

import io.mestral.model.access.Credentials;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a client sent, read and checked as far as that goes without knowing the client. */
public sealed interface Packet {
  /** Which packet it is. */
  PacketType type();

  /**
   * CONNECT.
   *
   * @param keepAlive seconds; 0 is none
   * @param will as it shall be published, if it has to be
   * @param willDelay seconds to wait with it
   * @param wish what only MQTT 5 clients can say
   */
  record Connect(
      ProtocolVersion version,
      boolean cleanStart,
      int keepAlive,
      String clientId,
      Optional<Publish> will,
      long willDelay,
      Credentials credentials,
      Wish wish)
      implements Packet {
    @Override
    public PacketType type() {
      return PacketType.CONNECT;
    }
  }

  /**
   * The properties of CONNECT (MQTT 5, 3.1.2.11).
   *
   * @param sessionExpiry seconds; 0xFFFFFFFF is for ever
   * @param receiveMaximum unacknowledged messages the client takes
   * @param maximumPacketSize bytes the client takes in one packet
   * @param topicAliasMaximum aliases the client takes
   * @param responseInformation whether it asks where to have its answers sent
   * @param problemInformation whether it wants reason strings on acknowledgements
   * @param authenticationMethod of an enhanced authentication
   * @param authenticationData what the client says first in it
   */
  record Wish(
      long sessionExpiry,
      int receiveMaximum,
      long maximumPacketSize,
      int topicAliasMaximum,
      boolean responseInformation,
      boolean problemInformation,
      Optional<String> authenticationMethod,
      Optional<Buffer> authenticationData) {
    /** What a client means that says nothing. */
    public static final Wish NONE =
        new Wish(0, 65_535, Long.MAX_VALUE, 0, false, true, Optional.empty(), Optional.empty());
  }

  /**
   * PUBLISH.
   *
   * @param packetId 0 at QoS 0
   */
  record Publication(Publish message, int packetId) implements Packet {
    @Override
    public PacketType type() {
      return PacketType.PUBLISH;
    }
  }

  /** PUBACK, PUBREC, PUBREL or PUBCOMP. */
  record Ack(PacketType type, int packetId, int reason) implements Packet {}

  /**
   * SUBSCRIBE.
   *
   * @param identifier subscription identifier for all its filters
   */
  record Subscribe(int packetId, OptionalInt identifier, List<Request> requests) implements Packet {
    @Override
    public PacketType type() {
      return PacketType.SUBSCRIBE;
    }

    /**
     * One filter and its options. The filter is still text: an illegal one is refused by itself.
     */
    public record Request(
        String filter,
        QoS qos,
        boolean noLocal,
        boolean retainAsPublished,
        RetainHandling retainHandling) {}

    /** When a subscriber wants the messages that were retained before it came (3.8.3.1). */
    public enum RetainHandling {
      /** Each time it subscribes. */
      ALWAYS,
      /** When it didn't have this subscription before. */
      IF_NEW,
      /** Not at all. */
      NEVER
    }
  }

  /** UNSUBSCRIBE; the filters are still text. */
  record Unsubscribe(int packetId, List<String> filters) implements Packet {
    @Override
    public PacketType type() {
      return PacketType.UNSUBSCRIBE;
    }
  }

  /** DISCONNECT; what it says of the session's expiry is seconds. */
  record Disconnect(int reason, OptionalLong sessionExpiry) implements Packet {
    @Override
    public PacketType type() {
      return PacketType.DISCONNECT;
    }
  }

  /** AUTH: the next word of a client that proves who it is. */
  record Auth(int reason, Optional<String> method, Optional<Buffer> data) implements Packet {
    @Override
    public PacketType type() {
      return PacketType.AUTH;
    }
  }

  /** A packet that is nothing but its type: PINGREQ. */
  record Bare(PacketType type) implements Packet {}

  /**
   * Bytes that are no packet; nothing comes after it.
   *
   * @param reason the code to refuse it with
   * @param dialect the version to say it in, when CONNECT got so far as to tell
   */
  record Broken(int reason, String explanation, Optional<ProtocolVersion> dialect)
      implements Packet {
    @Override
    public PacketType type() {
      return PacketType.BROKEN;
    }
  }
}
