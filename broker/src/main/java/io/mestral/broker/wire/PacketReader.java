package io.mestral.broker.wire;

import io.mestral.broker.wire.Packet.Subscribe.Request;
import io.mestral.broker.wire.Packet.Subscribe.RetainHandling;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.TopicFilter;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the packets of one connection, strictly: a packet that breaks a rule which can be checked
 * without knowing the client is a {@link BrokenPacket}.
 */
final class PacketReader {
  private static final int QOS = 0x03;
  private static final int NO_LOCAL = 0x04;
  private static final int RETAIN_AS_PUBLISHED = 0x08;
  private static final int RETAIN_HANDLING = 0x30;
  private static final int RETAIN_HANDLING_SHIFT = 4;
  private static final RetainHandling[] RETAIN_HANDLINGS = RetainHandling.values();
  private static final int RESERVED_IN_5 = 0xC0;

  private final Body body = new Body();
  private final ConnectReader connects = new ConnectReader();
  private final PublishReader publications;
  private boolean greeted;

  PacketReader(TopicAliases aliases) {
    this.publications = new PublishReader(aliases);
  }

  /** The version CONNECT named, or the one to refuse it in. */
  Optional<ProtocolVersion> dialect() {
    return connects.dialect();
  }

  /** Whether the shortest form of a length is asked for; 3.1.1 doesn't. */
  boolean isV5() {
    return greeted && connects.dialect().get().isV5();
  }

  private boolean isV31() {
    return greeted && connects.dialect().get() == ProtocolVersion.V3_1;
  }

  /** Refuses what can't begin a packet now, before its content is waited for. */
  PacketType begin(int firstByte) {
    PacketType type = PacketType.of(firstByte);
    if (!(isV31() ? type.allowsFlagsOf31(firstByte) : type.allowsFlags(firstByte)))
      throw BrokenPacket.malformed("reserved flags of " + type);
    boolean connect = type == PacketType.CONNECT;
    if (!connect && !greeted) throw BrokenPacket.protocolError(type + " first"); // MQTT-3.1.0-1
    if (connect && greeted) throw BrokenPacket.protocolError("a second CONNECT"); // MQTT-3.1.0-2
    return type;
  }

  /** Reads the packet whose content begins here. */
  Packet read(PacketType type, int firstByte, ByteBuf in, int length) {
    body.open(in, length);
    boolean v5 = isV5();
    return switch (type) {
      case CONNECT -> connect();
      case PUBLISH -> publications.read(body, firstByte, v5);
      case PUBACK, PUBREC, PUBREL, PUBCOMP -> ack(type, v5);
      case SUBSCRIBE -> subscribe(v5);
      case UNSUBSCRIBE -> unsubscribe(v5);
      case PINGREQ -> bare(type);
      case DISCONNECT -> disconnect(v5);
      case AUTH -> auth(v5);
      default -> throw BrokenPacket.protocolError("a client sends no " + type);
    };
  }

  private Packet connect() {
    Packet connect = connects.read(body);
    greeted = true;
    return connect;
  }

  private Packet ack(PacketType type, boolean v5) {
    int id = body.packetId();
    int reason = v5 && body.left() > 0 ? body.octet() : ReasonCode.SUCCESS;
    if (v5 && body.left() > 0) Properties.read(body, type);
    body.close();
    return new Packet.Ack(type, id, reason);
  }

  private Packet subscribe(boolean v5) {
    int id = body.packetId();
    OptionalInt identifier =
        v5
            ? Properties.read(body, PacketType.SUBSCRIBE).integer(Property.SUBSCRIPTION_IDENTIFIER)
            : OptionalInt.empty();
    List<Request> requests = new ArrayList<>(1);
    while (body.left() > 0) requests.add(request(v5));
    if (requests.isEmpty()) throw BrokenPacket.protocolError("SUBSCRIBE to nothing"); // 3.8.3-2
    return new Packet.Subscribe(id, identifier, requests);
  }

  private Request request(boolean v5) {
    String filter = filter();
    int options = body.octet();
    if ((options & (v5 ? RESERVED_IN_5 : ~QOS)) != 0)
      throw BrokenPacket.malformed("reserved subscription options"); // MQTT-3.8.3-5
    if ((options & QOS) == 3) throw BrokenPacket.protocolError("a subscription at QoS 3");
    if ((options & RETAIN_HANDLING) == RETAIN_HANDLING)
      throw BrokenPacket.protocolError("retain handling 3");
    boolean noLocal = (options & NO_LOCAL) != 0;
    if (noLocal && TopicFilter.isShared(filter))
      throw BrokenPacket.protocolError("a shared subscription with no local"); // MQTT-3.8.3-4
    return new Request(
        filter,
        QoS.of(options & QOS),
        noLocal,
        (options & RETAIN_AS_PUBLISHED) != 0,
        RETAIN_HANDLINGS[(options & RETAIN_HANDLING) >> RETAIN_HANDLING_SHIFT]);
  }

  private Packet unsubscribe(boolean v5) {
    int id = body.packetId();
    if (v5) Properties.read(body, PacketType.UNSUBSCRIBE);
    List<String> filters = new ArrayList<>(1);
    while (body.left() > 0) filters.add(filter());
    if (filters.isEmpty()) throw BrokenPacket.protocolError("UNSUBSCRIBE from nothing"); // 3.10.3-2
    return new Packet.Unsubscribe(id, filters);
  }

  private String filter() {
    String filter = body.text();
    if (filter.isEmpty()) throw BrokenPacket.protocolError("an empty topic filter"); // 4.7.3-1
    return filter;
  }

  private Packet disconnect(boolean v5) {
    if (!v5) body.close();
    int reason = body.left() > 0 ? body.octet() : ReasonCode.SUCCESS;
    Properties properties =
        body.left() > 0 ? Properties.read(body, PacketType.DISCONNECT) : Properties.NONE;
    body.close();
    return new Packet.Disconnect(reason, properties.number(Property.SESSION_EXPIRY));
  }

  private Packet auth(boolean v5) {
    if (!v5) throw BrokenPacket.malformed("a packet type that 3.1.1 doesn't have");
    int reason = body.left() > 0 ? body.octet() : ReasonCode.SUCCESS;
    Properties properties =
        body.left() > 0 ? Properties.read(body, PacketType.AUTH) : Properties.NONE;
    body.close();
    if (reason != ReasonCode.CONTINUE_AUTHENTICATION && reason != ReasonCode.REAUTHENTICATE)
      throw BrokenPacket.protocolError("not what a client says in AUTH"); // MQTT-3.15.2-1
    return new Packet.Auth(
        reason,
        properties.text(Property.AUTHENTICATION_METHOD),
        properties.binary(Property.AUTHENTICATION_DATA));
  }

  private Packet bare(PacketType type) {
    body.close();
    return new Packet.Bare(type);
  }
}
