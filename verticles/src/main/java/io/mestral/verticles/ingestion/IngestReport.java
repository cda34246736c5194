package io.mestral.verticles.ingestion;

/**
 * What became of a batch.
 *
 * @param outcome what the sender is told
 * @param kept readings that were kept
 * @param skipped entries that were not, because of their time
 */
public record IngestReport(Outcome outcome, int kept, int skipped) {
  /** What a sender over HTTP is told (spec 2.7). */
  public enum Outcome {
    /** Everything usable was kept. */
    KEPT,
    /** The member {@code data} is missing, null or empty. */
    NO_DATA,
    /** The first entry has no {@code recorded_at}; nothing was kept. */
    NO_TIMESTAMP
  }
}
