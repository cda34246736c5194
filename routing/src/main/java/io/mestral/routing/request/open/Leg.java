package io.mestral.routing.request.open;

import io.mestral.smartapi.model.message.Message;
import java.util.Optional;

/** What one of those who have a part in a request was told, and said. */
final class Leg {
  /** How far it is. */
  enum State {
    /** It wasn't told yet, or didn't get it. */
    QUEUED,
    /** It was sent to a client that was here, and not acknowledged. */
    SENT,
    /** The client has it, or its session gives it to it. */
    ACKNOWLEDGED,
    /** It answered. */
    ANSWERED
  }

  private final boolean isHere;
  private State state = State.QUEUED;
  private Optional<Message> answer = Optional.empty();
  private Optional<Message> latest = Optional.empty();

  /** Of this node itself, or of a gateway. */
  Leg(boolean isHere) {
    this.isHere = isHere;
  }

  State state() {
    return state;
  }

  /** Its part of the answer, once it is done. */
  Optional<Message> answer() {
    return answer;
  }

  /** The answer, or else what it said last. */
  Optional<Message> latest() {
    return answer.or(() -> latest);
  }

  /** Whether somebody works on it, so that it may be answered soon. */
  boolean isUnderWay() {
    return state == State.ACKNOWLEDGED || isHere && answer.isEmpty();
  }

  void become(State next) {
    if (state != State.ANSWERED) state = next;
  }

  /** Nobody has it: it is to be sent again. */
  void lost() {
    if (state != State.ANSWERED) state = State.QUEUED;
  }

  void soFar(Message message) {
    latest = Optional.of(message);
  }

  void answered(Message with) {
    state = State.ANSWERED;
    answer = Optional.of(with);
  }

  /** What is known of why there is no answer. */
  String soFarInWords() {
    return switch (state) {
      case QUEUED -> "wasn't connected, or what it manages wasn't available,";
      case SENT -> "was sent the request and didn't acknowledge it";
      default -> "has the request and didn't answer";
    };
  }
}
