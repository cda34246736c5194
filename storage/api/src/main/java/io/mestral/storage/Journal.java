package io.mestral.storage;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.List;

/**
 * Bounded, append-only streams on disk: what is written down here is kept. Many streams share one
 * log and so one fsync; each is read at its own pace and trimmed when its reader is done.
 */
public interface Journal {
  /**
   * Writes a record at the end of a stream and succeeds with its sequence number once it is synced
   * (or written, when the node was told to sync at intervals). Records of one stream get ascending
   * numbers in the order of the calls made from one thread. Fails with {@code QUOTA_EXCEEDED} when
   * the journal or the disk is full and {@code TOO_LARGE} when the record is.
   */
  Future<Long> append(StreamName stream, Buffer body);

  /**
   * The same for a record that makes others needless, so that they can be trimmed: an eighth of the
   * journal is left to these, whatever else fills it.
   */
  Future<Long> appendFreeing(StreamName stream, Buffer body);

  /**
   * Records with a sequence above {@code after}, ascending, at most {@code limit}, and fewer when
   * they are large. None at all means that there is none.
   */
  Future<List<JournalRecord>> read(StreamName stream, long after, int limit);

  /** Records up to and including {@code upTo} are not needed any more. */
  Future<Void> trim(StreamName stream, long upTo);

  /**
   * Keeps a record apart that its reader can make nothing of, such as one of a newer version, so
   * that it may be trimmed: succeeds when it is on disk outside of the streams. The same record
   * twice is kept once.
   */
  Future<Void> setAside(StreamName stream, JournalRecord record);

  /** Bytes that would be given back if these streams were empty. */
  Future<Long> heldBy(Collection<StreamName> streams);

  /** Bytes that all its streams take now; any thread may ask. */
  long size();

  /** Bytes that all streams may take together. */
  long maxSize();

  /** Succeeds when records can be written; a probe for health. */
  Future<Void> check();

  /** Syncs what is under way and lets go of the files. */
  Future<Void> close();
}
