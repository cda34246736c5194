package io.mestral.verticles.auth.scram;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What both sides say after the client's first message, and whether it fits together. */
public final class Conversation {
  private static final Pattern LAST =
      Pattern.compile("(c=([A-Za-z0-9+/=]+),r=([^,]+)(?:,[A-Za-z]=[^,]+)*),p=([A-Za-z0-9+/=]+)");
  private static final int LONGEST = 2048;

  private final ClientFirst first;
  private final ScramKeys keys;
  private final String nonce;

  /**
   * @param madeUp the server's part of the nonce, printable and without comma
   */
  public Conversation(ClientFirst first, ScramKeys keys, String madeUp) {
    this.first = first;
    this.keys = keys;
    this.nonce = first.nonce() + madeUp;
  }

  /** What the client has to answer. */
  public String challenge() {
    return "r=" + nonce + "," + keys.challenge();
  }

  /**
   * The server's last word to a client that knows the password; empty to any other.
   *
   * @throws RefusedException {@code MALFORMED} when the text is no last message of a client
   */
  public Optional<String> conclude(String text) {
    Matcher last = LAST.matcher(text);
    if (text.length() > LONGEST || !last.matches())
      throw new RefusedException(Refusal.MALFORMED, "not a last message of SCRAM");
    String heard = first.bare() + "," + challenge() + "," + last.group(1);
    boolean same = last.group(3).equals(nonce) && header(last.group(2)).equals(first.header());
    boolean known = keys.accept(bytes(last.group(4)), heard); // at the same cost whatever is wrong
    if (!same || !known) return Optional.empty();
    return Optional.of("v=" + Base64.getEncoder().encodeToString(keys.signature(heard)));
  }

  private static String header(String base64) {
    return new String(bytes(base64), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Refusal.MALFORMED, "not base64");
    }
  }
}
