package io.mestral.smartapi.security.encryption;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates (RFC 1951) up to a bound, so that a small text can't fill the memory. */
final class Inflation {
  private Inflation() {}

  static byte[] inflate(byte[] deflated, int most) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      ByteArrayOutputStream inflated = new ByteArrayOutputStream(deflated.length * 2);
      byte[] buffer = new byte[8192];
      while (!inflater.finished()) {
        int bytes = inflater.inflate(buffer);
        if (bytes == 0 && !inflater.finished()) {
          throw new DataFormatException("it is cut off");
        }
        if (inflated.size() + bytes > most) {
          throw tooLarge(most);
        }
        inflated.write(buffer, 0, bytes);
      }
      return inflated.toByteArray();
    } finally {
      inflater.end();
    }
  }

  static SmartApiException tooLarge(int most) {
    return new SmartApiException(
        ErrorType.TOO_LARGE_ERROR,
        "The encrypted parts of the message have more than the %d bytes left of 64 MiB."
            .formatted(most));
  }
}
