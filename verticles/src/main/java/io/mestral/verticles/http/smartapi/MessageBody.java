package io.mestral.verticles.http.smartapi;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.multipart.Multipart;
import io.mestral.smartapi.syntax.multipart.MultipartReader;
import io.mestral.smartapi.syntax.multipart.Part;
import io.mestral.verticles.http.exchange.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The message that a request's body is. */
final class MessageBody {
  private static final String MULTIPART = "multipart/related";
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s\";]+)", Pattern.CASE_INSENSITIVE);

  /** UTF-8, and what the published SDK calls it (Smart API, section 10). */
  private static final List<String> CHARSETS = List.of("utf-8", "utf8", "us-ascii", "ascii");

  private final MessageReader reader;
  private final Limits limits;

  MessageBody(Limits limits) {
    this.limits = limits;
    this.reader = new MessageReader(limits, Ontology.core());
  }

  /** The type that a request says its body has; Turtle when it says nothing. */
  static String type(Exchange exchange) {
    return exchange
        .header("Content-Type")
        .filter(type -> !type.isBlank())
        .orElse(Syntax.TURTLE.mediaType());
  }

  /** The syntax of a type, of the main part where it has several; empty when none is known. */
  static Optional<Syntax> syntax(String type) {
    return type.toLowerCase(Locale.ROOT).startsWith(MULTIPART)
        ? Optional.of(Syntax.TURTLE)
        : Syntax.ofMediaType(type);
  }

  /** Whether the bytes can't be what the type says of their characters. */
  static boolean isOtherCharset(String type, byte[] body) {
    Matcher charset = CHARSET.matcher(type);
    return charset.find()
        && !CHARSETS.contains(charset.group(1).toLowerCase(Locale.ROOT))
        && !isAscii(body);
  }

  private static boolean isAscii(byte[] body) {
    for (byte one : body) if (one < 0) return false;
    return true;
  }

  /**
   * Reads the message.
   *
   * @throws SmartApiException if there is none
   */
  Received read(String type, byte[] body) {
    if (!type.toLowerCase(Locale.ROOT).startsWith(MULTIPART))
      return reader.read(body, syntax(type).orElseThrow());
    Multipart parts = new MultipartReader(limits).read(type, body);
    Part main = parts.main();
    return reader.read(
        main.bytes(),
        Syntax.ofMediaType(main.mediaType())
            .orElseThrow(
                () ->
                    new SmartApiException(
                        ErrorType.PARSE_ERROR,
                        "The main part is "
                            + main.mediaType()
                            + "; Turtle, JSON-LD, N-Triples or RDF/XML is wanted.")));
  }

  /**
   * The bytes as they were before they were compressed.
   *
   * @throws SmartApiException if they can't be unpacked, or become too many
   */
  byte[] unpacked(Exchange exchange) {
    byte[] body = exchange.body().getBytes();
    String coding = exchange.header("Content-Encoding").orElse("").strip().toLowerCase(Locale.ROOT);
    if (coding.isEmpty() || coding.equals("identity")) return body;
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] unpacked = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, limits.bytes() + 1));
      if (unpacked.length > limits.bytes())
        throw new SmartApiException(
            ErrorType.TOO_LARGE_ERROR,
            "The message has more than %d bytes when unpacked.".formatted(limits.bytes()));
      return unpacked;
    } catch (IOException e) {
      throw new SmartApiException(
          ErrorType.PARSE_ERROR, "The body can't be unpacked by gzip: " + e.getMessage(), e);
    }
  }

  /** Whether a coding of the body is spoken here. */
  static boolean isKnownCoding(Exchange exchange) {
    String coding = exchange.header("Content-Encoding").orElse("").strip().toLowerCase(Locale.ROOT);
    return List.of("", "identity", "gzip", "x-gzip").contains(coding);
  }
}
