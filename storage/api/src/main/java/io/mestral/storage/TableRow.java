package io.mestral.storage;

import io.mestral.model.reading.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * One row of a table, in a form that no engine has to itself.
 *
 * @param values in the order of the columns: {@link Long} (flags are 0 or 1, times milliseconds
 *     since 1970), {@link Double}, {@link String} (identifiers of 128 bits are texts), {@code
 *     byte[]}, or an empty {@link Optional} where nothing stands
 */
public record TableRow(List<Object> values) {
  /** Copies the list. */
  public TableRow {
    values = List.copyOf(values);
  }

  /** What tells rows from others; one engine's text may be bytes to another. */
  public Digest digest() {
    MessageDigest all = sha256();
    for (Object value : values) {
      byte[] bytes = bytes(value);
      all.update(ByteBuffer.allocate(5).put(kind(value)).putInt(bytes.length).flip());
      all.update(bytes);
    }
    return new Digest(1, ByteBuffer.wrap(all.digest()).getLong());
  }

  private static byte kind(Object value) {
    if (value instanceof Optional<?>) return 0;
    if (value instanceof Long) return 1;
    return (byte) (value instanceof Double ? 2 : 3);
  }

  private static byte[] bytes(Object value) {
    if (value instanceof Long number)
      return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    if (value instanceof Double real)
      return ByteBuffer.allocate(Long.BYTES).putDouble(real + 0.0).array();
    if (value instanceof String text) return text.getBytes(StandardCharsets.UTF_8);
    if (value instanceof byte[] bytes) return bytes;
    return new byte[0];
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java has SHA-256", never);
    }
  }
}
