package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of a whole node, which are its own across restarts. */
class NodeKeysTest {
  @TempDir Path folder;

  private static String published(NodeProcess node) throws Exception {
    URI uri = URI.create(node.httpUrl() + "/smartapi/v1.0e1.0/key");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void aNodesKeysAreThereAfterARestartWithThoseThatWereReplaced() throws Exception {
    Path data = folder.resolve("data");
    String before;
    try (NodeProcess node = NodeProcess.start(data, "node.public-url=https://keys.example")) {
      assertThat(published(node)).contains("https://keys.example/id/node#key-1", "#key-2");
      NodeProcess.Ended line =
          NodeProcess.run("admin", "key", "rotate", "--overlap", "1h", "--data", data.toString());
      assertThat(line.out()).contains("#key-3", "#key-4", "own_signing", "own_agreement");
      before = published(node);
      assertThat(before).contains("#key-1", "#key-2", "#key-3", "#key-4");
    }
    try (NodeProcess node = NodeProcess.start(data, "node.public-url=https://keys.example")) {
      assertThat(published(node)).isEqualTo(before);
    }
  }
}
