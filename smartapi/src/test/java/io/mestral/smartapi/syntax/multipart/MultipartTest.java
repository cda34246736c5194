package io.mestral.smartapi.syntax.multipart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.syntax.Document;
import io.mestral.smartapi.syntax.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
  private static final String TYPE = "multipart/related; boundary=\"b\"";
  private static final String TWO_PARTS =
      """
      a preamble
      --b
      Content-Type: text/turtle; charset="utf-8"
      Content-ID: Main

      <urn:s> <urn:p> 1 .

      --b
      Content-Type: application/jose
      Content-ID:
       <https://example.org/id/car>

      e30..AA
      --b--
      an epilogue
      """;

  private final MultipartReader reader = new MultipartReader(Limits.DEFAULT);

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void partsAreReadWithEitherLineEnd(String end) {
    Multipart message = reader.read(TYPE + "; start=Main", bytes(TWO_PARTS.replace("\n", end)));
    assertThat(message)
        .isEqualTo(
            new Multipart(
                new Part(
                    "Main", "text/turtle; charset=\"utf-8\"", bytes("<urn:s> <urn:p> 1 ." + end)),
                List.of(
                    new Part("https://example.org/id/car", "application/jose", bytes("e30..AA")))));
    assertThat(message.part("https://example.org/id/car")).contains(message.others().get(0));
    assertThat(message.part("Main")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "; start=\"<https://example.org/id/car>\"|https://example.org/id/car",
        "; start=\"https://example.org/id/car\"; type=\"application/jose\"|https://example.org/id/car",
        ";start=<Main>|Main",
        "; charset=us-ascii|Main"
      })
  void startNamesTheMainPart(String parameters, String main) {
    assertThat(reader.read(TYPE + parameters, bytes(TWO_PARTS)).main().contentId()).isEqualTo(main);
  }

  @Test
  void contentsMayBeEncoded() {
    String body =
        "--b\nContent-ID: Main\nContent-Transfer-Encoding: base64\n\nw6lbMSwK\nMl0=\n"
            + "--b\nContent-ID: urn:q\nContent-Transfer-Encoding: quoted-printable\n\n=C3=A9 =\nx\n--b--";
    Multipart message = reader.read(TYPE, bytes(body));
    assertThat(message.main()).isEqualTo(new Part("Main", "text/turtle", bytes("é[1,\n2]")));
    assertThat(message.others()).containsExactly(new Part("urn:q", "text/turtle", bytes("é x")));
  }

  @Property(tries = 500)
  void whatIsWrittenIsRead(@ForAll byte[] main, @ForAll @Size(max = 4) List<byte[]> others) {
    List<Part> parts = new ArrayList<>();
    for (byte[] other : others) {
      parts.add(new Part("https://é.example/" + parts.size(), "application/octet-stream", other));
    }
    Multipart message = new Multipart(new Part(Part.MAIN, "text/turtle", main), parts);
    Document written = MultipartWriter.write(message);
    assertThat(reader.read(written.contentType(), written.body())).isEqualTo(message);
  }

  @Test
  void linesMayHaveAnyLength() {
    byte[] line = new byte[3_000_000];
    Arrays.fill(line, (byte) '1');
    Multipart message = new Multipart(new Part(Part.MAIN, "text/turtle", line), List.of());
    Document written = MultipartWriter.write(message);
    assertThat(reader.read(written.contentType(), written.body())).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/turtle|--b--|multipart/related",
        "multipart/mixed; boundary=b|--b--|multipart/related",
        "multipart/related|--b--|boundary",
        "''|--b--|multipart/related",
        "multipart/related; boundary=b|''|Unexpected end",
        "multipart/related; boundary=b|--b--|multipart",
        "multipart/related; boundary=b|nothing at all|Unexpected end",
        "multipart/related; boundary=b|--b~Content-ID: Main~~x|Unexpected end",
        "multipart/related; boundary=b|--b~Content-ID: Main~~x~--b~Content-ID: Main~~y~--b--|Two parts have the Content-ID Main",
        "multipart/related; boundary=b|--b~~x~--b~~y~--b--|Part 2 has no Content-ID",
        "multipart/related; boundary=b; start=other|--b~Content-ID: Main~~x~--b--|start is other",
        "multipart/related; boundary=b|--b~Content-Type: multipart/mixed; boundary=c~~--c~~x~--c--~--b--|parts itself",
        "multipart/related; boundary=b|--b~Content-Type: multipart/mixed~~x~--b--|other than multipart",
        "multipart/related; boundary=b|--b~Content-Type: turtle~~x~--b--|other than multipart",
        "multipart/related; boundary=b|--b~Content-ID:~~x~--b--|Content-ID is to be Main or an IRI"
      })
  void badMessagesAreParseErrors(String contentType, String body, String message) {
    SmartApiException error = refusal(contentType, bytes(body.replace("~", "\r\n")));
    assertThat(error).hasMessageContaining(message);
    assertThat(error.type()).isEqualTo(ErrorType.PARSE_ERROR);
  }

  @Test
  void tooManyPartsAreTooLarge() {
    StringBuilder body = new StringBuilder();
    for (int at = 0; at <= 1_000; at++) {
      body.append("--b\r\nContent-ID: urn:").append(at).append("\r\n\r\nx\r\n");
    }
    assertThat(refusal(TYPE, bytes(body + "--b--")).type()).isEqualTo(ErrorType.TOO_LARGE_ERROR);
    SmartApiException error =
        catchThrowableOfType(
            SmartApiException.class,
            () -> new MultipartReader(Limits.DEFAULT.withBytes(100)).read(TYPE, bytes(TWO_PARTS)));
    assertThat(error.type()).isEqualTo(ErrorType.TOO_LARGE_ERROR);
  }

  @Test
  void aContentIdCannotBringAHeaderWithIt() {
    assertThat(
            catchThrowableOfType(
                SmartApiException.class, () -> new Part("a\r\nX: y", "text/turtle", new byte[0])))
        .hasMessageContaining("Content-ID");
  }

  private SmartApiException refusal(String contentType, byte[] body) {
    SmartApiException error =
        catchThrowableOfType(SmartApiException.class, () -> reader.read(contentType, body));
    assertThat(error).isNotNull();
    return error;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
