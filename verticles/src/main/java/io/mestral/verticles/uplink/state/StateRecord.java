package io.mestral.verticles.uplink.state;

import io.mestral.storage.replica.ReplicaName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A record with its body as it is told.
 *
 * @param body JSON
 */
public record StateRecord(ReplicaName name, String tag, String body) {
  private static final int TAG_BYTES = 16;

  /** With a tag that follows from the body. */
  public static StateRecord of(ReplicaName name, String body) {
    byte[] hash = sha256().digest(body.getBytes(StandardCharsets.UTF_8));
    return new StateRecord(name, HexFormat.of().formatHex(Arrays.copyOf(hash, TAG_BYTES)), body);
  }

  /** What two nodes compare to know whether they have the same: a hash of all tags, hexadecimal. */
  public static String digest(Map<ReplicaName, String> tags) {
    MessageDigest digest = sha256();
    new TreeMap<>(tags)
        .forEach(
            (name, tag) ->
                digest.update(
                    (name.kind() + "\0" + name.name() + "\0" + tag + "\n")
                        .getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every JDK has SHA-256", never);
    }
  }
}
