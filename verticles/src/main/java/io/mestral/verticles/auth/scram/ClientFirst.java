package io.mestral.verticles.auth.scram;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first thing a client says (RFC 5802, 7).
 *
 * @param header what stands before the message proper; it comes back in the client's proof
 * @param user who the client says it is
 * @param actsFor whom it wants to act for, if it says
 * @param nonce what it made up
 * @param bare the message without its header
 */
public record ClientFirst(
    String header, String user, Optional<String> actsFor, String nonce, String bare) {
  private static final String NAME = "((?:[^,=\\x00]|=2C|=3D)+)";
  private static final String PRINTABLE = "[\\x21-\\x2B\\x2D-\\x7E]+";
  private static final Pattern FORM =
      Pattern.compile(
          "([ny],(?:a=" + NAME + ")?,)(n=" + NAME + ",r=(" + PRINTABLE + ")(?:,[A-Za-z]=[^,]+)*)");
  private static final int LONGEST = 1024;

  /**
   * Channel binding ({@code p=}) isn't offered, and an extension that must be understood ({@code
   * m=}) isn't.
   *
   * @throws RefusedException {@code MALFORMED}
   */
  public static ClientFirst of(String text) {
    Matcher parts = FORM.matcher(text);
    if (text.length() > LONGEST || !parts.matches())
      throw new RefusedException(Refusal.MALFORMED, "not a first message of SCRAM");
    return new ClientFirst(
        parts.group(1),
        plain(parts.group(4)),
        Optional.ofNullable(parts.group(2)).map(ClientFirst::plain),
        parts.group(5),
        parts.group(3));
  }

  private static String plain(String saslName) {
    return saslName.replace("=2C", ",").replace("=3D", "=");
  }
}
