package io.mestral.node;

import io.mestral.node.moving.MoveBroken;
import io.mestral.storage.MovableReadings;
import io.mestral.storage.cassandra.CassandraReadingStore;
import io.mestral.storage.cassandra.KeyspaceClaim;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nobody but one move fills a keyspace: its id stands there from the first reading on until the
 * node changes over. The data folder needs none, as only the node that has it open writes there.
 */
final class KeyspaceTenancy {
  private static final Logger log = LoggerFactory.getLogger(KeyspaceTenancy.class);

  private KeyspaceTenancy() {}

  /**
   * Takes the place for a move, or sees that it has it.
   *
   * @param content what is there, in words; without any the place may be anybody's
   * @throws MoveBroken when it is not this move's
   */
  static void enter(
      MovableReadings target, String id, String place, Optional<String> content, Instant now) {
    if (!(target instanceof CassandraReadingStore cluster)) return;
    try {
      KeyspaceClaim claim = cluster.claim();
      Optional<String> holder = settled(claim.holder());
      if (holder.isEmpty() && content.isPresent())
        throw MoveBroken.because(
            place
                + " has "
                + content.get()
                + ", and nothing there says that this node's move brought them: drop the keyspace,"
                + " or name another one, and begin again");
      String has = holder.isPresent() ? holder.get() : settled(claim.take(id, now));
      if (!has.equals(id))
        throw MoveBroken.because(
            place
                + " is being filled by the move of another node or folder: name another keyspace,"
                + " or drop this one if nobody goes on with that move");
    } catch (CompletionException failure) {
      throw MoveBroken.because(String.valueOf(failure.getCause().getMessage()));
    }
  }

  /** The move is complete: what is there is the node's now. */
  static void leave(MovableReadings used, String id) {
    if (!(used instanceof CassandraReadingStore cluster)) return;
    try {
      settled(cluster.claim().release(id));
    } catch (CompletionException failure) {
      log.warn("no other node can use the keyspace before this one's next start", failure);
    }
  }

  private static <T> T settled(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
