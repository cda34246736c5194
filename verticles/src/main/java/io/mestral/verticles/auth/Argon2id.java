package io.mestral.verticles.auth;

import io.mestral.model.access.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Password hashes in the PHC text form, {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}. The cost
 * stands in the hash, so that it can be raised later.
 *
 * @param memoryKib memory per hash
 * @param passes over that memory
 */
record Argon2id(int memoryKib, int passes) {
  /** OWASP's choice for small machines: as hard as 19 MiB twice, in less memory. */
  static final Argon2id DEFAULT = new Argon2id(7168, 5);

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MAX_MEMORY_KIB = 1 << 20;
  private static final int MAX_PASSES = 64;
  private static final Pattern ENCODED =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=1\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
  private static final SecureRandom RANDOM = new SecureRandom();

  String hash(Secret password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    String cost = "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=1$";
    byte[] hash = compute(password, salt, HASH_BYTES);
    return cost + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
  }

  /**
   * @throws IllegalArgumentException when the text isn't an Argon2id hash this node can compute
   */
  static boolean matches(Secret password, String encoded) {
    Matcher parts = ENCODED.matcher(encoded);
    if (!parts.matches()) throw new IllegalArgumentException("not an Argon2id hash");
    int memory = Integer.parseInt(parts.group(1));
    int passes = Integer.parseInt(parts.group(2));
    if (memory > MAX_MEMORY_KIB || passes > MAX_PASSES)
      throw new IllegalArgumentException("an Argon2id hash beyond the limits of this node");
    byte[] expected = Base64.getDecoder().decode(parts.group(4));
    byte[] salt = Base64.getDecoder().decode(parts.group(3));
    byte[] actual = new Argon2id(memory, passes).compute(password, salt, expected.length);
    return MessageDigest.isEqual(expected, actual);
  }

  private byte[] compute(Secret password, byte[] salt, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(password.reveal().getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
