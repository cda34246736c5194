package io.mestral.broker.connection;

import io.mestral.broker.wire.Frames;
import io.mestral.broker.wire.Packet;
import io.mestral.broker.wire.PropertyBlock;
import io.mestral.broker.wire.ReasonCode;
import io.mestral.model.outcome.Refusal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a connection ends.
 *
 * @param label for operators, one of few
 * @param code for a client that can be told
 * @param words for the people behind the client; may be empty
 * @param willDue whether the client's will is to be published
 * @param elsewhere where else to go, if the client is told that
 */
record Ending(String label, int code, String words, boolean willDue, Optional<String> elsewhere) {
  /** A client that leaves takes its will along (MQTT-3.14.4-3). */
  static final Ending CLIENT_LEFT = new Ending("client left", ReasonCode.SUCCESS, "", false);

  static final Ending CLIENT_LEFT_ITS_WILL =
      new Ending("client left its will", ReasonCode.SUCCESS, "", true);
  static final Ending CONNECTION_LOST = new Ending("connection lost", ReasonCode.SUCCESS, "", true);
  static final Ending KEEP_ALIVE =
      new Ending("keep-alive timeout", ReasonCode.KEEP_ALIVE_TIMEOUT, "", true);
  static final Ending TAKEN_OVER =
      new Ending("taken over", ReasonCode.SESSION_TAKEN_OVER, "", true);
  static final Ending TOO_SLOW =
      new Ending("too slow", Refusal.QUOTA_EXCEEDED.mqttReason(), "too much waits for you", true);

  static final Ending KICKED =
      new Ending("administrative action", ReasonCode.ADMINISTRATIVE_ACTION, "", true);

  /** A client that may do less than when it came; so its will is held to what it may (3.1.2-8). */
  static final Ending NO_LONGER_ALLOWED =
      new Ending("no longer allowed", Refusal.NOT_AUTHORIZED.mqttReason(), "", true);

  /** A client that takes no CONNACK as large as it must be. */
  static final Ending TOO_NARROW =
      new Ending("too narrow", Refusal.TOO_LARGE.mqttReason(), "", false);

  static final Ending SHUTDOWN = new Ending("shutdown", ReasonCode.SERVER_SHUTTING_DOWN, "", true);

  private static final Set<String> HEARD_OUT =
      Stream.of(CONNECTION_LOST, TAKEN_OVER, TOO_SLOW, SHUTDOWN)
          .map(Ending::label)
          .collect(Collectors.toUnmodifiableSet());

  Ending(String label, int code, String words, boolean willDue) {
    this(label, code, words, willDue, Optional.empty());
  }

  /** The node stops; where there is another one for its clients, they are sent there. */
  static Ending shutdown(Optional<String> elsewhere) {
    if (elsewhere.isEmpty()) return SHUTDOWN;
    return new Ending(SHUTDOWN.label, ReasonCode.USE_ANOTHER_SERVER, "", true, elsewhere);
  }

  /** The client sent something that can't be taken. */
  static Ending violation(int code, String words) {
    return new Ending("violation", code, words, true);
  }

  static Ending violation(Packet.Broken packet) {
    return violation(packet.reason(), packet.explanation());
  }

  /** A message could not be kept, and closing is the only way to tell (MQTT-4.8.0-2). */
  static Ending refused(int code) {
    return new Ending("refused", code, "", true);
  }

  /** What let the client in holds no longer; nothing of what it sent and left behind does. */
  static Ending sentAway(Refusal why) {
    return new Ending("sent away", why.mqttReason(), "", false);
  }

  /** The client couldn't show that it is still who it was; it is gone with all it left behind. */
  static Ending notProved(String words) {
    return new Ending("not proved again", Refusal.NOT_AUTHORIZED.mqttReason(), words, false);
  }

  /**
   * Whether what came before and waited is still taken in: what a kit sent at QoS 0 is lost for
   * ever if it is dropped here.
   */
  boolean hearsOut() {
    return HEARD_OUT.contains(label);
  }

  /** What DISCONNECT says beside its code. */
  PropertyBlock properties() {
    PropertyBlock properties = Frames.block();
    if (!words.isEmpty()) properties.reason(words);
    elsewhere.ifPresent(properties::serverReference);
    return properties;
  }

  /** Whether a client that reads reasons is told this one; it knows that it left. */
  boolean isError() {
    return ReasonCode.isError(code);
  }
}
