package io.mestral.smartapi.syntax.multipart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mestral.smartapi.syntax.Document;
import java.io.ByteArrayOutputStream;
import java.util.UUID;

/**
 * Writes {@code multipart/related} (RFC 2387; Smart API, section 7.1). Contents stand as they are,
 * without transfer encoding, as HTTP allows.
 */
public final class MultipartWriter {
  private MultipartWriter() {}

  /**
   * Writes a message.
   *
   * @param message the message
   * @return header and body
   */
  public static Document write(Multipart message) {
    String boundary = "part-" + UUID.randomUUID(); // 122 random bits: in no content
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    write(message.main(), boundary, body);
    message.others().forEach(part -> write(part, boundary, body));
    body.writeBytes(("--" + boundary + "--\r\n").getBytes(UTF_8));
    String contentType =
        "multipart/related; boundary=\"%s\"; start=\"%s\"; type=\"%s\""
            .formatted(boundary, message.main().contentId(), quotable(message.main().mediaType()));
    return new Document(contentType, body.toByteArray());
  }

  private static String quotable(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static void write(Part part, String boundary, ByteArrayOutputStream body) {
    String head =
        "--%s\r\nContent-Type: %s\r\nContent-ID: %s\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            .formatted(boundary, part.mediaType(), part.contentId());
    body.writeBytes(head.getBytes(UTF_8));
    body.writeBytes(part.bytes());
    body.writeBytes("\r\n".getBytes(UTF_8));
  }
}
