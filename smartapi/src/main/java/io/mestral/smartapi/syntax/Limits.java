package io.mestral.smartapi.syntax;

/**
 * How much a reader takes before it refuses a document. Every bound is checked while reading,
 * before memory is given to what is over it.
 *
 * @param bytes longest document, in bytes after decompression
 * @param triples most triples in one document
 * @param depth deepest nesting of nodes in one another
 * @param iriLength longest IRI, in characters
 * @param literalLength longest literal, in characters
 * @param listLiteralLength longest literal holding a list (JSON array), in characters
 */
public record Limits(
    long bytes, int triples, int depth, int iriLength, int literalLength, int listLiteralLength) {

  /** 16 MiB and 6 million triples, nested 64 deep; IRIs of 2,048, literals of 2^20 characters. */
  public static final Limits DEFAULT =
      new Limits(16L << 20, 6_000_000, 64, 2_048, 1 << 20, 256 << 20);

  /** Refuses bounds below one, under which nothing could be read. */
  public Limits {
    if (Math.min(bytes, Math.min(triples, depth)) < 1
        || Math.min(iriLength, Math.min(literalLength, listLiteralLength)) < 1) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }

  /**
   * The same bounds for longer or shorter documents.
   *
   * @param most longest document, in bytes
   * @return the changed bounds
   */
  public Limits withBytes(long most) {
    return new Limits(most, triples, depth, iriLength, literalLength, listLiteralLength);
  }
}
