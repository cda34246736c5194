package io.mestral.routing.request;

import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Message;
import java.util.Optional;

/**
 * A message at the door.
 *
 * @param received what was read
 * @param asker who sent it, as far as that was proven
 * @param purpose which door it came to
 * @param gateway the name of the gateway that it came from, if it did
 * @param isConfidential whether nobody else could read it on its way
 */
public record Incoming(
    Received received,
    Asker asker,
    Purpose purpose,
    Optional<String> gateway,
    boolean isConfidential) {
  /** What it says. */
  public Message message() {
    return received.message();
  }
}
