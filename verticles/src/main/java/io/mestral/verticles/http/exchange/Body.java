package io.mestral.verticles.http.exchange;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/**
 * What came after the head of a request.
 *
 * @param raw the bytes; empty for a multipart form
 * @param form the fields of a form, in the order sent
 * @param claimsJson whether the content type names JSON and there is something to read
 */
public record Body(Buffer raw, List<Map.Entry<String, String>> form, boolean claimsJson) {
  /** Nothing came. */
  public static final Body NONE = new Body(Buffer.buffer(), List.of(), false);

  /** Whether the first byte that isn't white space is this one. */
  public boolean startsWith(char first) {
    for (int i = 0; i < raw.length(); i++) {
      int c = raw.getByte(i);
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return c == first;
    }
    return false;
  }
}
