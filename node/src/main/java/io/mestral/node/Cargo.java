package io.mestral.node;

import io.mestral.node.moving.MoveProgress;
import java.io.IOException;
import java.util.Optional;

/** Something that can be moved from store to store. */
interface Cargo {
  /** Where it is now. */
  Whereabouts.Place used();

  /**
   * What a text names, as the configuration names a store.
   *
   * @throws IllegalArgumentException when it names none; the message says what is allowed
   */
  Destination destination(String text);

  /** Where it may go. */
  interface Destination {
    Whereabouts.Place place();

    /**
     * Opens the store there and brings everything; returns when the node uses it and the former one
     * is closed.
     *
     * @throws io.mestral.node.moving.MoveBroken when it isn't; nothing has changed for the node
     *     then, and the store there is closed
     */
    void bring(Attempt attempt);
  }

  /** One attempt, as seen by what is moved. */
  interface Attempt {
    MoveProgress progress();

    /** What tells this move from all others, however often it is begun again. */
    String id();

    boolean leavesHours();

    boolean isStopped();

    /**
     * Takes the destination for this move.
     *
     * @param content what is there already, in words
     * @param served whether a node has used it: then no attempt brought that
     * @throws io.mestral.node.moving.MoveBroken when it is not ours
     */
    void claim(Optional<String> content, boolean served);

    /** Writes down that the move is at its end. */
    void commit() throws IOException;
  }
}
