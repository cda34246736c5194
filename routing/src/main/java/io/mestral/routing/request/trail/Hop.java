package io.mestral.routing.request.trail;

import java.time.Instant;

/**
 * A step of a request.
 *
 * @param at when
 * @param node the IRI of the node that says so
 * @param what became of the request
 * @param with whom it came from or went to, or why; may be empty
 */
public record Hop(Instant at, String node, What what, String with) {
  /** What can become of a request at a node. */
  public enum What {
    /** It came, from this principal. */
    RECEIVED,
    /** It came once more, and is answered as before. */
    REPEATED,
    /** It waits for this gateway. */
    QUEUED,
    /** It was sent to this gateway. */
    SENT,
    /** This gateway has it. */
    ACKNOWLEDGED,
    /** This gateway was gone before it had it. */
    LOST,
    /** This gateway told how far it is. */
    PROGRESS,
    /** This gateway, or this node itself, answered its part. */
    ANSWERED,
    /** This gateway, or this node itself, failed at its part. */
    FAILED,
    /** Its time was over before this gateway answered. */
    EXPIRED,
    /** This gateway was asked where the request is below, and didn't say. */
    SILENT,
    /** Its sender was told to wait, under this number. */
    DEFERRED,
    /** It was taken up again after the node had stopped. */
    RESUMED,
    /** It ended with an answer. */
    DONE,
    /** It ended with nothing but Errors. */
    ENDED_IN_ERRORS
  }
}
