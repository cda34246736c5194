package io.mestral.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Nodes, each of them a gateway of the one before it. */
final class NodeChain implements AutoCloseable {
  private final Path folder;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final List<String[]> settings = new ArrayList<>();
  private final List<String> shared;

  private NodeChain(Path folder, List<String> shared) {
    this.folder = folder;
    this.shared = shared;
  }

  /** So many nodes, which keep their data in a folder. */
  static NodeChain start(Path folder, int length, String... shared) throws IOException {
    NodeChain chain = new NodeChain(folder, List.of(shared));
    for (int i = 0; i < length; i++) chain.add();
    return chain;
  }

  private void add() throws IOException {
    int number = nodes.size();
    List<String> set =
        new ArrayList<>(
            List.of(
                "limits.http-per-minute=0",
                "log.level=warn",
                "node.public-url=http://node-" + number + ".example",
                "smartapi.node=node-" + number));
    set.addAll(shared);
    if (number > 0) {
      String token = known(number - 1, "node-" + number, nodeIri(number));
      set.add("uplink.url=mqtt://127.0.0.1:" + last().mqttPort());
      set.add("uplink.name=node-" + number);
      set.add("uplink.token=" + token);
    }
    NodeProcess node = NodeProcess.start(data(number), set.toArray(String[]::new));
    set.add("mqtt.port=" + node.mqttPort());
    nodes.add(node);
    settings.add(set.toArray(String[]::new));
  }

  static String nodeIri(int number) {
    return "http://node-" + number + ".example/id/node";
  }

  /** Makes a gateway known to one of the nodes, and says its token. */
  String known(int node, String name, String iri) throws IOException {
    return nodes
        .get(node)
        .http(data(node))
        .post("/ops/v1/gateways", "{\"name\":\"%s\",\"iri\":\"%s\"}".formatted(name, iri))
        .get("token")
        .asText();
  }

  private Path data(int number) {
    return folder.resolve("node-" + number);
  }

  /** Who asks the first of them. */
  SmartApiClient client() throws IOException {
    return new SmartApiClient(first().http(data(0)));
  }

  NodeProcess first() {
    return nodes.get(0);
  }

  NodeProcess last() {
    return nodes.get(nodes.size() - 1);
  }

  int length() {
    return nodes.size();
  }

  /** Kills one of them. */
  void kill(int number) throws InterruptedException {
    nodes.get(number).kill();
  }

  /** Starts one of them again, at the same port. */
  void restart(int number) throws IOException {
    nodes.set(number, NodeProcess.start(data(number), settings.get(number)));
  }

  @Override
  public void close() {
    nodes.forEach(NodeProcess::close);
  }
}
