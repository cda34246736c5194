package io.mestral.smartapi.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.syntax.Document;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.multipart.Multipart;
import io.mestral.smartapi.syntax.multipart.MultipartReader;
import io.mestral.smartapi.syntax.multipart.MultipartWriter;
import java.util.Arrays;

/** Any header and body are parts that come back when written, or are refused with a reason. */
public final class MultipartFuzz {
  private static final MultipartReader READER = new MultipartReader(Limits.DEFAULT);

  private MultipartFuzz() {}

  /** What Jazzer calls: the first line is the header, the rest the body. */
  public static void fuzzerTestOneInput(byte[] input) {
    int line = 0;
    while (line < input.length && input[line] != '\n') {
      line++;
    }
    String contentType = new String(input, 0, line, UTF_8);
    byte[] body = Arrays.copyOfRange(input, Math.min(line + 1, input.length), input.length);
    Multipart message;
    try {
      message = READER.read(contentType, body);
    } catch (SmartApiException e) {
      check(e.getMessage() != null && !e.getMessage().isBlank(), "a refusal without a reason");
      return;
    }
    Document written = MultipartWriter.write(message);
    check(message.equals(READER.read(written.contentType(), written.body())), "" + message);
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
