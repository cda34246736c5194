package io.mestral.smartapi.syntax.multipart;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.util.Arrays;

/**
 * One part of a message.
 *
 * @param contentId {@code Main} for the main part, else the IRI of the object that the part is;
 *     without angle brackets
 * @param mediaType type and subtype with parameters, as in a header
 * @param bytes the content, without transfer encoding; not copied, and not to be changed
 */
public record Part(String contentId, String mediaType, byte[] bytes) {
  /** The Content-ID of the main part. */
  public static final String MAIN = "Main";

  /**
   * Checks that both texts can stand in a header.
   *
   * @throws SmartApiException of type ParseError if they can't
   */
  public Part {
    check("Content-ID", contentId);
    check("Content-Type", mediaType);
  }

  private static void check(String header, String value) {
    boolean clean = value.chars().allMatch(c -> c > ' ' && c != 0x7F || c == ' ');
    if (value.isBlank() || !clean) {
      throw new SmartApiException(
          ErrorType.PARSE_ERROR,
          "A part's %s is empty or has a control character in it.".formatted(header));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Part that
        && contentId.equals(that.contentId)
        && mediaType.equals(that.mediaType)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return contentId.hashCode() * 31 + Arrays.hashCode(bytes);
  }

  /** What part it is and how long, for people who debug. */
  @Override
  public String toString() {
    return "%s (%s, %d bytes)".formatted(contentId, mediaType, bytes.length);
  }
}
