package io.mestral.smartapi.syntax.multipart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.syntax.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.james.mime4j.util.ByteSequence;
import org.apache.james.mime4j.util.ContentUtil;

/**
 * Reads {@code multipart/related} (RFC 2046 and 2387; Smart API, section 7.1): lines may end with
 * CRLF or LF, headers may be folded, contents may be in Base64 or quoted-printable. A part without
 * {@code Content-Type} is Turtle. The main part is the one that {@code start} names, else the one
 * whose Content-ID is {@code Main}, else the first.
 *
 * <p>Safe for many threads.
 */
public final class MultipartReader {
  private static final int MOST_PARTS = 1_000;
  private static final int MOST_HEADERS = 100;
  private static final int LONGEST_HEADER = 8_192;

  private final Limits limits;

  /**
   * A reader with bounds.
   *
   * @param limits how long a message may be
   */
  public MultipartReader(Limits limits) {
    this.limits = limits;
  }

  /**
   * Reads a message.
   *
   * @param contentType the value of the header {@code Content-Type} that came with it
   * @param body the message
   * @return its parts
   * @throws SmartApiException of type ParseError if it isn't such a message, or ends before its
   *     end; TooLargeError if it is over a limit
   */
  public Multipart read(String contentType, byte[] body) {
    if (body.length > limits.bytes()) {
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "The message has %d bytes, at most %d are allowed."
              .formatted(body.length, limits.bytes()));
    }
    try {
      RawField header =
          RawFieldParser.DEFAULT.parseField(
              ContentUtil.encode(UTF_8, "Content-Type: " + oneLine(contentType)));
      var parsed = RawFieldParser.DEFAULT.parseRawBody(header);
      List<NameValuePair> parameters = parsed.getParams();
      if (!"multipart/related".equalsIgnoreCase(parsed.getValue().trim())
          || parameter(parameters, "boundary").isEmpty()) {
        throw wrong("Its Content-Type is to be multipart/related with a boundary.");
      }
      List<Part> parts = parts(oneLine(contentType), body);
      return message(parts, parameter(parameters, "start").map(MultipartReader::bare));
    } catch (MimeException e) {
      throw new SmartApiException(
          ErrorType.PARSE_ERROR, "This isn't a multipart message: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new SmartApiException(
          ErrorType.PARSE_ERROR, "A part of the message can't be decoded: " + e.getMessage(), e);
    }
  }

  private static String oneLine(String header) {
    return header.replaceAll("[\\x00-\\x1F\\x7F]+", " ");
  }

  private static SmartApiException wrong(String what) {
    return new SmartApiException(
        ErrorType.PARSE_ERROR, "This isn't a multipart message as Smart API has them. " + what);
  }

  private static Optional<String> parameter(List<NameValuePair> parameters, String name) {
    return parameters.stream()
        .filter(one -> name.equalsIgnoreCase(one.getName()) && one.getValue() != null)
        .map(NameValuePair::getValue)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static List<Part> parts(String contentType, byte[] body)
      throws IOException, MimeException {
    MimeConfig config =
        MimeConfig.custom()
            .setStrictParsing(true)
            .setMaxHeaderCount(MOST_HEADERS)
            .setMaxHeaderLen(LONGEST_HEADER)
            .setMaxLineLen(-1)
            .build();
    MimeTokenStream tokens = new MimeTokenStream(config, DecodeMonitor.SILENT, null);
    tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    tokens.parseHeadless(new ByteArrayInputStream(body), contentType);
    List<Part> parts = new ArrayList<>();
    Head head = new Head();
    int depth = 0;
    for (EntityState state = tokens.getState();
        state != EntityState.T_END_OF_STREAM;
        state = tokens.next()) {
      switch (state) {
        case T_START_MULTIPART -> {
          if (++depth > 1) {
            throw wrong("A part has parts itself.");
          }
        }
        case T_START_BODYPART -> head = new Head();
        case T_FIELD -> head.take(tokens.getField());
        case T_BODY -> parts.add(part(head, tokens, parts.size()));
        default -> {} // marks between what matters
      }
    }
    return parts;
  }

  private static Part part(Head head, MimeTokenStream tokens, int before) throws IOException {
    if (before == MOST_PARTS) {
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR, "The message has more than %d parts.".formatted(MOST_PARTS));
    }
    if (head.contentId.isEmpty() && before > 0) {
      throw wrong("Part %d has no Content-ID.".formatted(before + 1));
    }
    try (InputStream content = tokens.getDecodedInputStream()) {
      return new Part(
          head.contentId.orElse(Part.MAIN),
          head.mediaType.orElse("text/turtle"),
          content.readAllBytes());
    }
  }

  private static Multipart message(List<Part> parts, Optional<String> start) {
    if (parts.isEmpty()) {
      throw wrong("It has no parts.");
    }
    Set<String> names = new HashSet<>();
    for (Part part : parts) {
      if (!names.add(part.contentId())) {
        throw wrong("Two parts have the Content-ID %s.".formatted(part.contentId()));
      }
    }
    if (start.isPresent() && !names.contains(start.get())) {
      throw wrong("Its start is %s, and no part has that Content-ID.".formatted(start.get()));
    }
    String main = start.orElse(names.contains(Part.MAIN) ? Part.MAIN : parts.get(0).contentId());
    Part first =
        parts.stream().filter(part -> part.contentId().equals(main)).findFirst().orElseThrow();
    return new Multipart(first, parts.stream().filter(part -> part != first).toList());
  }

  private static String bare(String contentId) {
    String trimmed = contentId.trim();
    return trimmed.startsWith("<") && trimmed.endsWith(">")
        ? trimmed.substring(1, trimmed.length() - 1).trim()
        : trimmed;
  }

  /** What the headers of a part say. */
  private static final class Head {
    Optional<String> contentId = Optional.empty();
    Optional<String> mediaType = Optional.empty();

    void take(Field field) {
      switch (field.getName().toLowerCase(Locale.ROOT)) {
        case "content-id" -> contentId = Optional.of(bare(value(field)));
        case "content-type" -> mediaType = Optional.of(value(field));
        default -> {} // Content-Transfer-Encoding is the stream's, others tell nothing
      }
    }

    /** The value in UTF-8, which the IRI of an object may need, in one line. */
    private static String value(Field field) {
      ByteSequence raw = field.getRaw();
      String line = new String(raw.toByteArray(), UTF_8);
      return line.substring(line.indexOf(':') + 1).replaceAll("\\r?\\n", "").trim();
    }
  }
}
