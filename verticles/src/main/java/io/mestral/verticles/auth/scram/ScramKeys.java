package io.mestral.verticles.auth.scram;

import io.mestral.model.access.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a server keeps of a password (RFC 5802, 3). Nobody can log in with it who doesn't know the
 * password, but passwords can be tried against it, so it is kept sealed.
 */
public final class ScramKeys {
  private static final String HMAC = "HmacSHA256";
  private static final int BITS = 256;
  private static final int PARTS = 4;

  private final byte[] salt;
  private final int iterations;
  private final byte[] storedKey;
  private final byte[] serverKey;

  private ScramKeys(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
    this.salt = salt;
    this.iterations = iterations;
    this.storedKey = storedKey;
    this.serverKey = serverKey;
  }

  /** Derives the keys; takes milliseconds of a processor. */
  public static ScramKeys of(Secret preparedPassword, byte[] salt, int iterations) {
    byte[] salted = salted(preparedPassword, salt, iterations);
    byte[] storedKey = sha256(hmac(salted, "Client Key"));
    return new ScramKeys(salt.clone(), iterations, storedKey, hmac(salted, "Server Key"));
  }

  /** Keys that no password has; but for that they look like others. */
  public static ScramKeys ofNobody(byte[] salt, int iterations) {
    return new ScramKeys(salt.clone(), iterations, new byte[0], new byte[BITS / Byte.SIZE]);
  }

  /** As a line of text; empty keys of nobody are not to be kept. */
  public Secret encoded() {
    Base64.Encoder base64 = Base64.getEncoder();
    return Secret.of(
        String.join(
            ":",
            Integer.toString(iterations),
            base64.encodeToString(salt),
            base64.encodeToString(storedKey),
            base64.encodeToString(serverKey)));
  }

  /** What {@link #encoded} made; empty when the text is something else. */
  public static Optional<ScramKeys> decoded(Secret text) {
    String[] parts = text.reveal().split(":", -1);
    if (parts.length != PARTS) return Optional.empty();
    Base64.Decoder base64 = Base64.getDecoder();
    try {
      return Optional.of(
          new ScramKeys(
              base64.decode(parts[1]),
              Integer.parseInt(parts[0]),
              base64.decode(parts[2]),
              base64.decode(parts[3])));
    } catch (IllegalArgumentException otherText) {
      return Optional.empty();
    }
  }

  /** Whether the proof shows that the client knows the password (RFC 5802, 3). */
  public boolean accept(byte[] proof, String authMessage) {
    byte[] clientKey = hmac(storedKey.length == 0 ? new byte[1] : storedKey, authMessage);
    if (proof.length != clientKey.length) return false;
    for (int i = 0; i < clientKey.length; i++) clientKey[i] ^= proof[i];
    return MessageDigest.isEqual(sha256(clientKey), storedKey);
  }

  /** Shows the client that the server knows the password, too. */
  byte[] signature(String authMessage) {
    return hmac(serverKey, authMessage);
  }

  /** What the client needs to derive the same. */
  String challenge() {
    return "s=" + Base64.getEncoder().encodeToString(salt) + ",i=" + iterations;
  }

  private static byte[] salted(Secret password, byte[] salt, int iterations) {
    char[] text = password.reveal().toCharArray();
    PBEKeySpec spec = new PBEKeySpec(text, salt, iterations, BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException("no password to derive keys from", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2", e);
    } finally {
      spec.clearPassword();
      Arrays.fill(text, '\0');
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
