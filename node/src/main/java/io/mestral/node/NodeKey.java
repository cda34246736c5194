package io.mestral.node;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's own key. Whoever loses it can't read the tokens kept with it, so it is written twice,
 * each time with its SHA-256 behind it: a damaged one is set aside and replaced by the other.
 */
final class NodeKey {
  private static final Logger LOG = LoggerFactory.getLogger(NodeKey.class);
  private static final int KEY_BYTES = 32;

  private NodeKey() {}

  static byte[] in(PrivateFiles folder) throws IOException {
    Optional<byte[]> first = read(folder, "node.key");
    Optional<byte[]> second = read(folder, "node.key.copy");
    byte[] key = first.or(() -> second).orElseGet(NodeKey::make);
    if (first.isEmpty()) folder.write("node.key", sealed(key));
    if (second.isEmpty()) folder.write("node.key.copy", sealed(key));
    return key;
  }

  private static Optional<byte[]> read(PrivateFiles folder, String name) throws IOException {
    Optional<byte[]> content = folder.read(name);
    if (content.isEmpty()) return Optional.empty();
    byte[] key = Arrays.copyOf(content.get(), KEY_BYTES);
    if (Arrays.equals(content.get(), sealed(key))) return Optional.of(key);
    Path aside = folder.setAside(name);
    LOG.error(
        "{} was damaged and is set aside as {}; without a good copy a new key is made, and tokens"
            + " kept with the old one cannot be read",
        name,
        aside);
    return Optional.empty();
  }

  private static byte[] make() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  private static byte[] sealed(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      byte[] sealed = Arrays.copyOf(key, KEY_BYTES + digest.length);
      System.arraycopy(digest, 0, sealed, KEY_BYTES, digest.length);
      return sealed;
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
