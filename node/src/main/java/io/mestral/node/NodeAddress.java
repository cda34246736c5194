package io.mestral.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the node of a data folder listens, for programs of the same user.
 *
 * @param http URL of the HTTP server
 * @param mqtt URL of the broker
 */
public record NodeAddress(String http, String mqtt) {
  private static final String FILE = "node.url";

  /** What the node of this folder left there; empty when none runs. */
  public static Optional<NodeAddress> in(Path dataFolder) throws IOException {
    Optional<byte[]> content = new PrivateFiles(dataFolder).read(FILE);
    if (content.isEmpty()) return Optional.empty();
    List<String> lines = new String(content.get(), StandardCharsets.UTF_8).lines().toList();
    return lines.size() == 2
        ? Optional.of(new NodeAddress(lines.get(0), lines.get(1)))
        : Optional.empty();
  }

  void write(PrivateFiles folder) throws IOException {
    folder.write(FILE, (http + "\n" + mqtt + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static void remove(PrivateFiles folder) throws IOException {
    folder.delete(FILE);
  }
}
