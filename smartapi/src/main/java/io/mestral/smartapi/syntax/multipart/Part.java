package io.mestral.smartapi.syntax.multipart;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.util.Arrays;
import java.util.regex.Pattern;

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

  /** RFC 6838, section 4.2, with parameters; no part has parts itself. */
  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          "(?!(?i:multipart)/)[\\w!#$&^.+-]+/[\\w!#$&^.+-]+[ \\t]*(;[^\\x00-\\x1F\\x7F]*)?");

  /**
   * Checks that both texts can stand in a header.
   *
   * @throws SmartApiException of type ParseError if they can't
   */
  public Part {
    if (contentId.isEmpty() || !contentId.chars().allMatch(Part::isOfIri)) {
      throw new SmartApiException(
          ErrorType.PARSE_ERROR,
          "A part's Content-ID is to be Main or an IRI, this is \"%s\"."
              .formatted(contentId.replaceAll("[\\x00-\\x1F\\x7F]+", " ")));
    }
    if (!MEDIA_TYPE.matcher(mediaType).matches()) {
      throw new SmartApiException(
          ErrorType.PARSE_ERROR,
          "The Content-Type of part %s is to be a media type other than multipart."
              .formatted(contentId));
    }
  }

  private static boolean isOfIri(int c) {
    return c > ' ' && c != 0x7F && "<>\"{}|^`\\".indexOf(c) < 0;
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
