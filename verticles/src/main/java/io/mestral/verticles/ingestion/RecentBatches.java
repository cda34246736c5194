package io.mestral.verticles.ingestion;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The last batches of a device, by their digests: a kit whose radio didn't hear the answer sends
 * the same again (spec 1.2).
 */
final class RecentBatches {
  private static final int REMEMBERED = 64;

  private final Map<Long, Future<Void>> steps =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Future<Void>> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * Takes a step for a batch unless it was taken for the same one already; then its outcome is that
   * one's. A step that failed is taken again.
   */
  Future<Void> once(Arrival arrival, Supplier<Future<Void>> step, Runnable repeated) {
    long digest = digest(arrival.topic(), arrival.payload());
    Future<Void> earlier = steps.get(digest);
    if (earlier == null) return first(digest, step);
    repeated.run();
    return earlier.recover(failure -> first(digest, step));
  }

  private Future<Void> first(long digest, Supplier<Future<Void>> step) {
    Future<Void> taken = step.get();
    steps.put(digest, taken);
    taken.onFailure(failure -> steps.remove(digest, taken));
    return taken;
  }

  private static long digest(String topic, Buffer payload) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(topic.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest.digest(payload.getBytes())).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
