package io.mestral.storage.cassandra;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A real Apache Cassandra on loopback, in a JVM of its own: its Netty and ours don't go together,
 * and it wants Java 17 whatever the tests run on.
 */
public final class CassandraServer implements AutoCloseable {
  /** What its only data centre is called. */
  public static final String DATA_CENTRE = "datacenter1";

  private static final String READY = "Starting listening for CQL clients";
  private static final int PATIENCE_SECONDS = 180;

  /** Whatever ends this JVM closes the pipe to the shell, which ends Cassandra then. */
  private static final String LEASH =
      "\"$@\" </dev/null 2>&1 & echo \"pid $!\"; exec >&- 2>&-; cat >/dev/null; kill -9 $!";

  private final Path folder;
  private final int nativePort;
  private Process shell;
  private ProcessHandle process;

  private CassandraServer(Path folder) throws IOException {
    this.folder = folder.toAbsolutePath();
    nativePort = freePort();
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("cassandra.yaml"),
        text("server.yaml")
            .replace("@native_port@", String.valueOf(nativePort))
            .replace("@storage_port@", String.valueOf(freePort()))
            .replace("@sync@", sync())
            .replace("@folder@", this.folder.toString()));
    Files.writeString(folder.resolve("logback.xml"), text("server-logback.xml"));
  }

  /** By the clock it syncs for measurements only: what it acknowledged last may be lost then. */
  private static String sync() {
    return Boolean.getBoolean("cassandra.periodic")
        ? "commitlog_sync: periodic\ncommitlog_sync_period: 200ms"
        : "commitlog_sync: group\ncommitlog_sync_group_window: 2ms";
  }

  /** The one that all tests of this JVM share; it ends with the JVM. */
  public static CassandraServer shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final CassandraServer SERVER = startNew("cassandra");

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }
  }

  /** Starts one with an empty folder of this name below {@code target}. */
  public static CassandraServer startNew(String name) {
    try {
      Path folder = Path.of("target", name);
      deleteAll(folder);
      CassandraServer server = new CassandraServer(folder);
      server.start();
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where clients find it. */
  public InetSocketAddress address() {
    return InetSocketAddress.createUnresolved("127.0.0.1", nativePort);
  }

  /** A node's {@code storage.readings} that names a keyspace of it. */
  public String url(String keyspace) {
    return "cassandra://127.0.0.1:" + nativePort + "/" + keyspace + "?dc=" + DATA_CENTRE;
  }

  /** Starts it, or starts it again, with the data it has; returns when it takes clients. */
  public void start() throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", LEASH, "sh"));
    command.add(Java17.program().toString());
    command.addAll(Java17.flags());
    command.addAll(List.of("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC"));
    command.add("-XX:TieredStopAtLevel=" + System.getProperty("cassandra.tier", "1"));
    command.add("-Dcassandra.config=" + folder.resolve("cassandra.yaml").toUri());
    command.add("-Dlogback.configurationFile=" + folder.resolve("logback.xml"));
    command.add("-Dcassandra.storagedir=" + folder);
    command.add("-Dcassandra-foreground=true");
    command.add("-Dcassandra.ring_delay_ms=100");
    command.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
    command.add("-Dcassandra.superuser_setup_delay_ms=0");
    command.addAll(List.of("-cp", Files.readString(classPath()).strip()));
    command.add("org.apache.cassandra.service.CassandraDaemon");
    shell = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader lines = shell.inputReader();
    process = ProcessHandle.of(Long.parseLong(lines.readLine().substring(4))).orElseThrow();
    await(readiness(lines));
  }

  private CompletableFuture<Void> readiness(BufferedReader lines) {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    Path log = folder.resolve("server.log");
    Thread reader =
        new Thread(
            () -> {
              try (lines;
                  BufferedWriter copy = Files.newBufferedWriter(log)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  copy.write(line);
                  copy.newLine();
                  copy.flush();
                  if (line.contains(READY)) ready.complete(null);
                }
              } catch (IOException broken) {
                ready.completeExceptionally(broken);
              }
              ready.completeExceptionally(new IOException("Cassandra ended; see " + log));
            },
            "cassandra-log");
    reader.setDaemon(true);
    reader.start();
    return ready;
  }

  private static void await(CompletableFuture<Void> ready) {
    try {
      ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failure) {
      throw new IllegalStateException("Cassandra did not start", failure);
    }
  }

  /** Stops it in the middle of whatever it does, without closing a connection. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets it go on. */
  public void thaw() {
    signal("CONT");
  }

  /** Ends it at once, as a crash would; {@link #start} brings it back. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
    shell.destroyForcibly().onExit().join();
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().onExit().join();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** The list of its jars, made by the module beside this one. */
  private static Path classPath() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path list = at.resolve("storage/cassandra-server/target/cassandra.classpath");
      if (Files.exists(list)) return list;
    }
    throw new IllegalStateException(
        "the list of Cassandra's jars is missing: build storage/cassandra-server, tests included");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = CassandraServer.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(each);
    }
  }
}
