package io.mestral.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.node.DataFolder;
import io.mestral.node.ExitCode;
import io.mestral.node.NodeAddress;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminCommandTest {
  private record Asked(String path, String authorization, JsonObject body) {}

  @TempDir Path temp;
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private int status = 201;
  private String answer = "{\"id\":1}";
  private String later = "";
  private String url;

  @BeforeEach
  void serve() {
    HttpServer server = vertx.createHttpServer().requestHandler(this::answer);
    server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    url = "http://127.0.0.1:" + server.actualPort();
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aUserIsMadeThroughTheNodeOfTheDataFolder() throws Exception {
    try (DataFolder folder = DataFolder.open(temp)) {
      folder.announce(new NodeAddress(url, "mqtt://127.0.0.1:1"));
      folder.keepAdminToken("t0ken");
      Path password = Files.writeString(Files.createTempFile("p", "w"), "s3same\n");

      CommandLine line =
          CommandLine.run(
              "admin",
              "user",
              "add",
              "ada",
              "--email",
              "ada@example.org",
              "--role",
              "researcher",
              "--password-file",
              password.toString(),
              "--data",
              temp.toString());

      assertThat(line.code()).contains(ExitCode.OK);
      assertThat(line.out()).isEqualTo("{\"id\":1}\n");
      assertThat(asked.poll(10, TimeUnit.SECONDS))
          .isEqualTo(
              new Asked(
                  "POST /ops/v1/users",
                  "Bearer t0ken",
                  new JsonObject()
                      .put("username", "ada")
                      .put("email", "ada@example.org")
                      .put("password", "s3same")
                      .put("role", "researcher")));
    }
  }

  @Test
  void peopleAreInvited() throws Exception {
    CommandLine line =
        CommandLine.run("admin", "user", "invite", "--days", "3", "--url", url, "--token", "t0ken");
    assertThat(line.code()).contains(ExitCode.OK);
    assertThat(asked.poll(10, TimeUnit.SECONDS))
        .isEqualTo(
            new Asked("POST /ops/v1/invitations", "Bearer t0ken", new JsonObject().put("days", 3)));
  }

  @Test
  void aTokenIsReplacedWhileTheFormerOneGoesOnForAWhile() throws Exception {
    CommandLine line =
        CommandLine.run(
            "admin",
            "device",
            "rotate-token",
            "7",
            "--overlap",
            "1h",
            "--expires",
            "30d",
            "--url",
            url,
            "--token",
            "t0ken");
    assertThat(line.code()).contains(ExitCode.OK);
    assertThat(asked.poll(10, TimeUnit.SECONDS))
        .isEqualTo(
            new Asked(
                "POST /v0/devices/7/token",
                "Bearer t0ken",
                new JsonObject().put("overlap", 3600).put("expires_in", 2_592_000)));
  }

  @Test
  void aTokenOfNoDeviceInParticularIsNotReplaced() {
    CommandLine line =
        CommandLine.run("admin", "device", "rotate-token", "Roof", "--url", url, "--token", "t");
    assertThat(line.code()).contains(ExitCode.USAGE);
    assertThat(line.err()).contains("exactly one device ID is needed");
    assertThat(asked).isEmpty();
  }

  @Test
  void gatewaysAreMadeListedRotatedAndDeleted() throws Exception {
    gateway("add", "roof", "--iri", "urn:x:roof", "--owner", "ada");
    JsonObject form = new JsonObject().put("name", "roof").put("iri", "urn:x:roof");
    assertThat(asked.poll(10, TimeUnit.SECONDS))
        .isEqualTo(new Asked("POST /ops/v1/gateways", "Bearer t", form.put("owner", "ada")));
    gateway("rotate-token", "roof");
    assertThat(asked.poll(10, TimeUnit.SECONDS))
        .isEqualTo(new Asked("POST /ops/v1/gateways/roof/token", "Bearer t", new JsonObject()));
    gateway("delete", "roof");
    assertThat(asked.poll(10, TimeUnit.SECONDS))
        .isEqualTo(new Asked("DELETE /ops/v1/gateways/roof", "Bearer t", new JsonObject()));
    answer = "[{\"id\":1},{\"id\":2}]";
    assertThat(gateway("list").out()).isEqualTo("{\"id\":1}\n{\"id\":2}\n");
    assertThat(asked.poll(10, TimeUnit.SECONDS).path()).isEqualTo("GET /ops/v1/gateways");
    assertThat(gateway("add", "roof").err()).contains("gateway add needs --iri");
    assertThat(gateway("delete").err()).contains("exactly one NAME is needed");
    assertThat(gateway("rename").err()).contains("can: add, list, rotate-token, delete");
    assertThat(asked).isEmpty();
  }

  @Test
  void keysAreListedBelievedRemovedAndMadeAnew() throws Exception {
    admin("key", "add", "urn:x:ada#1", "--of", "urn:x:ada", "--public", "z6Mk");
    JsonObject form = new JsonObject().put("id", "urn:x:ada#1").put("controller", "urn:x:ada");
    assertThat(asked.poll(10, TimeUnit.SECONDS))
        .isEqualTo(new Asked("POST /ops/v1/keys", "Bearer t", form.put("public_key", "z6Mk")));
    admin("key", "remove", "urn:x:ada#1");
    assertThat(asked.poll(10, TimeUnit.SECONDS).path())
        .isEqualTo("DELETE /ops/v1/keys/urn%3Ax%3Aada%231");
    admin("key", "rotate", "--overlap", "1h");
    assertThat(asked.poll(10, TimeUnit.SECONDS))
        .isEqualTo(
            new Asked(
                "POST /ops/v1/keys/rotation", "Bearer t", new JsonObject().put("overlap", 3600)));
    admin("key", "list");
    assertThat(asked.poll(10, TimeUnit.SECONDS).path()).isEqualTo("GET /ops/v1/keys");
    assertThat(admin("key", "add", "urn:x:ada#1").err()).contains("key add needs --of");
    assertThat(admin("key", "add", "--ca-file", "/no/such").err()).contains("cannot read the file");
    assertThat(admin("key", "forge").err()).contains("can: list, add, remove, rotate");
    assertThat(asked).isEmpty();
  }

  private CommandLine gateway(String... words) {
    List<String> all = new ArrayList<>(List.of("gateway"));
    all.addAll(List.of(words));
    return admin(all.toArray(String[]::new));
  }

  private CommandLine admin(String... words) {
    List<String> all = new ArrayList<>(List.of("admin"));
    all.addAll(List.of(words));
    all.addAll(List.of("--url", url, "--token", "t"));
    return CommandLine.run(all.toArray(String[]::new));
  }

  @Test
  void everyVerbStandsInTheHelp() {
    assertThat(CommandLine.run("help", "admin").out())
        .contains("admin user add ", "admin user invite ", "admin device add ")
        .contains("admin device rotate-token ", "admin audit ", "admin import ", "admin move ")
        .contains("admin gateway add ", "admin gateway list", "admin gateway rotate-token ")
        .contains("admin gateway delete ", "admin key list", "admin key add ")
        .contains("admin key remove ", "admin key rotate ")
        .contains("admin sessions ", "admin queues ", "admin backup ", "admin check ");
  }

  @Test
  void whatPeopleDidIsShownInATable() {
    answer =
        "[{\"at\":\"2026-02-03T10:06:00Z\",\"actor_id\":7,\"actor\":\"ada\","
            + "\"action\":\"PATCH /v0/me\",\"object\":\"user 7\",\"owner_id\":7,"
            + "\"address\":\"127.0.0.1\",\"status\":200,\"fields\":[\"city\",\"url\"]}]";
    CommandLine line =
        CommandLine.run(
            "admin", "audit", "--user", "ada", "--limit", "5", "--url", url, "--token", "t0ken");
    assertThat(line.out())
        .isEqualTo(
            """
            AT                    WHO  WHAT          ON      FIELDS    FROM       STATUS
            2026-02-03T10:06:00Z  ada  PATCH /v0/me  user 7  city url  127.0.0.1  200
            """);
  }

  @Test
  void eachOfManyDevicesIsALine() throws Exception {
    answer =
        new JsonArray()
            .add(new JsonObject().put("id", 1))
            .add(new JsonObject().put("id", 2))
            .encode();

    CommandLine line =
        CommandLine.run(
            "admin", "device", "add", "Roof", "--owner", "ada", "--count", "2", "--url", url + "/",
            "--token", "t");

    assertThat(line.out()).isEqualTo("{\"id\":1}\n{\"id\":2}\n");
    assertThat(asked.poll(10, TimeUnit.SECONDS))
        .isEqualTo(
            new Asked(
                "POST /ops/v1/devices",
                "Bearer t",
                new JsonObject().put("name", "Roof").put("owner", "ada").put("count", 2)));
  }

  @Test
  void aDeviceMayHaveATokenOfItsOwn() throws Exception {
    CommandLine.run(
        "admin", "device", "add", "Roof", "--device-token", "abc123", "--url", url, "--token", "t");

    assertThat(asked.poll(10, TimeUnit.SECONDS).body().getString("device_token"))
        .isEqualTo("abc123");
  }

  @Test
  void whatTheServerSaysIsPassedOn() {
    status = 422;
    answer = "{\"message\":\"taken\",\"errors\":{\"username\":[\"is taken\"]}}";

    CommandLine line = addAda("--url", url, "--token", "s3cret");

    assertThat(line.code()).contains(ExitCode.FAILED);
    assertThat(line.err()).contains("422: taken", "is taken").doesNotContain("s3cret");
    assertThat(line.out()).isEmpty();
  }

  @Test
  void anAnswerThatIsNotANodesIsAFailure() {
    answer = "<html>";

    assertThat(addAda("--url", url, "--token", "t").err())
        .contains("does not answer like a Mestral node");
  }

  @Test
  void aNodeThatIsAwayIsAFailure() {
    assertThat(addAda("--url", "http://127.0.0.1:1", "--token", "t").err())
        .contains("cannot reach a node at http://127.0.0.1:1");
    assertThat(addAda("--data", temp.toString()).err()).contains("no node runs on the data folder");
  }

  @Test
  void sessionsComeAsATable() throws Exception {
    status = 200;
    answer =
        new JsonArray()
            .add(session("a1", "meter").put("protocol", "5.0").put("address", "127.0.0.1"))
            .add(session("b2", "a panel"))
            .encode();

    CommandLine line =
        CommandLine.run(
            "admin", "sessions", "--client", "a b", "--limit", "5", "--url", url, "--token", "t");

    assertThat(line.out().lines().toList())
        .satisfiesExactly(
            head -> assertThat(head).startsWith("ID  CLIENT   PRINCIPAL  MQTT  VIA  ADDRESS"),
            row -> assertThat(row).startsWith("a1  meter    user:3     5.0   -    127.0.0.1"),
            row -> assertThat(row).startsWith("b2  a panel  user:3     -     -    -  "));
    assertThat(asked.poll(10, TimeUnit.SECONDS).path())
        .isEqualTo("GET /ops/v1/sessions?per_page=5&client_id=a%20b");
  }

  @Test
  void oneSessionIsShownWithItsEventsOrAsItIs() throws Exception {
    status = 200;
    JsonObject event = new JsonObject().put("at", "2026-02-03T10:00:00Z").put("text", "it came");
    answer = session("a1", "meter").put("events", new JsonArray().add(event)).encode();

    assertThat(CommandLine.run("admin", "sessions", "a1", "--url", url, "--token", "t").out())
        .contains("client_id            meter")
        .endsWith("2026-02-03T10:00:00Z  it came\n");
    assertThat(
            CommandLine.run("admin", "sessions", "a1", "--json", "--url", url, "--token", "t")
                .out())
        .isEqualTo(answer + "\n");
    assertThat(asked.poll(10, TimeUnit.SECONDS).path()).isEqualTo("GET /ops/v1/sessions/a1");
  }

  @Test
  void aClientIsSentAway() throws Exception {
    status = 200;
    answer = "{\"message\":\"OK\"}";

    CommandLine line =
        CommandLine.run("admin", "sessions", "a1", "--disconnect", "--url", url, "--token", "t");

    assertThat(line.out()).isEqualTo("{\"message\":\"OK\"}\n");
    assertThat(asked.poll(10, TimeUnit.SECONDS).path()).isEqualTo("DELETE /ops/v1/sessions/a1");
  }

  @Test
  void queuesComeAsATableOrAsTheyAre() throws Exception {
    status = 200;
    JsonObject queue = session("a1", "meter").put("queued", 12).put("queued_bytes", 3456);
    answer = new JsonArray().add(queue).encode();

    assertThat(CommandLine.run("admin", "queues", "--url", url, "--token", "t").out().lines())
        .containsExactly(
            "ID  CLIENT  PRINCIPAL  MESSAGES  BYTES  INFLIGHT  DROPPED",
            "a1  meter   user:3     12        3456   -         -");
    assertThat(asked.poll(10, TimeUnit.SECONDS).path())
        .isEqualTo("GET /ops/v1/queues?per_page=1000");
    assertThat(CommandLine.run("admin", "queues", "--json", "--url", url, "--token", "t").out())
        .isEqualTo(queue.encode() + "\n");
  }

  @Test
  void aBackupIsWaitedForAndItsReportPrinted() throws Exception {
    answer = "{\"state\":\"done\",\"verified\":true}";

    CommandLine line = CommandLine.run("admin", "backup", "some/dir", "--url", url, "--token", "t");

    assertThat(line.code()).contains(ExitCode.OK);
    assertThat(line.out()).isEqualTo(answer + "\n");
    Asked request = asked.poll(10, TimeUnit.SECONDS);
    assertThat(request.path()).isEqualTo("POST /ops/v1/backup");
    assertThat(request.body().getString("dir"))
        .isEqualTo(Path.of("some/dir").toAbsolutePath().toString());
  }

  @Test
  void damageEndsABackupAndACheckWithOne() {
    answer = "{\"state\":\"done\",\"verified\":false,\"ok\":false,\"problems\":[\"x: torn\"]}";
    String[] backup = {"admin", "backup", "/b", "--url", url, "--token", "t"};
    String[] check = {"admin", "check", "--url", url, "--token", "t"};
    for (String[] verb : new String[][] {backup, check}) {
      CommandLine line = CommandLine.run(verb);

      assertThat(line.code()).contains(ExitCode.FAILED);
      assertThat(line.out()).isEqualTo(answer + "\n");
      assertThat(line.err()).contains("have damage", "x: torn");
    }
  }

  @Test
  void workThatTakesLongIsAskedForUntilItIsOver() {
    status = 202;
    answer = "{\"state\":\"running\",\"files\":2,\"bytes\":10,\"seconds\":1.0}";
    later = "{\"state\":\"failed\",\"error\":\"the disk is full\"}";

    CommandLine line = CommandLine.run("admin", "backup", "/b", "--url", url, "--token", "t");

    assertThat(line.code()).contains(ExitCode.FAILED);
    assertThat(line.err()).contains("2 files, 10 bytes", "the disk is full");
  }

  @Test
  void aMoveIsFollowedToItsEndAndItsLastLineSaysWhatCameOfIt() throws Exception {
    Path place = Files.writeString(temp.resolve("place"), "cassandra://me:s3cret@db/k?dc=d\n");
    status = 202;
    answer =
        "{\"state\":\"running\",\"phase\":\"catching_up\",\"seconds\":3.0,\"devices\":2,"
            + "\"devices_in_all\":5,\"readings\":70,\"copied\":60,\"waiting_for\":\"the cluster\"}";
    later =
        "{\"state\":\"done\",\"readings\":77,\"digest\":\"00ff\",\"to\":\"cassandra://db:9042/k\"}";

    CommandLine line = move("readings", "--to-file", place.toString());

    assertThat(line.code()).contains(ExitCode.OK);
    assertThat(line.err())
        .isEqualTo(
            "3 s, catching up: 2 of 5 devices, 70 readings the same, 60 of them copied;"
                + " waiting: the cluster\n");
    assertThat(line.out())
        .isEqualTo(
            "complete: 77 readings, digest 00ff, are in cassandra://db:9042/k, which the node uses"
                + " now; set storage.readings to it before the next start\n");
    assertThat(asked.poll(10, TimeUnit.SECONDS).body())
        .isEqualTo(
            new JsonObject().put("what", "readings").put("to", "cassandra://me:s3cret@db/k?dc=d"));
  }

  @Test
  void aMoveThatIsNotCompleteEndsWithOne() {
    answer = "{\"state\":\"failed\",\"error\":\"the cluster is away\"}";
    CommandLine line = move("readings", "--to", "embedded", "--leave-hours");
    assertThat(line.code()).contains(ExitCode.FAILED);
    assertThat(line.out())
        .isEqualTo("not complete: the cluster is away; the same command goes on\n");
    assertThat(move("stop", "--json").out()).isEqualTo(answer + "\n");
    assertThat(move("status").code()).contains(ExitCode.FAILED);
    answer = "{\"state\":\"running\",\"phase\":\"copying\",\"seconds\":3.0}";
    assertThat(move("status").code()).contains(ExitCode.OK);
    assertThat(move("readings").err()).contains("needs --to or --to-file");
    assertThat(move("accounts", "--to", "embedded").err()).contains("not accounts");
    answer =
        "{\"state\":\"done\",\"what\":\"metadata\",\"rows\":70,\"digest\":\"0f\",\"to\":\"embedded\","
            + "\"tables\":[{},{}]}";
    assertThat(move("metadata", "--to", "embedded").out())
        .isEqualTo(
            "complete: 70 rows of 2 tables, digest 0f, are in embedded, which the node uses now;"
                + " set storage.metadata to it before the next start\n");
  }

  private CommandLine move(String... words) {
    List<String> all = new ArrayList<>(List.of("admin", "move"));
    all.addAll(List.of(words));
    all.addAll(List.of("--url", url, "--token", "t"));
    return CommandLine.run(all.toArray(String[]::new));
  }

  @Test
  void usageIsChecked() throws IOException {
    assertThat(CommandLine.run("admin", "user", "add").err()).contains("exactly one NAME");
    assertThat(CommandLine.run("admin", "user", "add", "a").err()).contains("needs --email");
    assertThat(addAda("--url", "ftp://x").err()).contains("--url takes an http URL");
    assertThat(addAda("--token", "t").err()).contains("goes with --url");
    assertThat(
            CommandLine.run("admin", "device", "add", "a", "--count", "2", "--device-token", "x")
                .err())
        .contains("one token is for one device");
    assertThat(CommandLine.run("admin", "sessions", "--disconnect").err()).contains("needs an ID");
    assertThat(CommandLine.run("admin", "sessions", "a", "b").err()).contains("at most one ID");
    assertThat(CommandLine.run("admin", "backup").err()).contains("exactly one DIR");
    assertThat(CommandLine.run("admin", "check", "a").err()).contains("unexpected argument a");
    assertThat(CommandLine.run("admin", "queues", "a").err()).contains("unexpected argument a");
  }

  private static JsonObject session(String id, String clientId) {
    return new JsonObject().put("id", id).put("client_id", clientId).put("principal", "user:3");
  }

  private CommandLine addAda(String... more) {
    String[] base = {"admin", "user", "add", "ada", "--email", "a@example.org"};
    String[] all = java.util.Arrays.copyOf(base, base.length + more.length);
    System.arraycopy(more, 0, all, base.length, more.length);
    return CommandLine.run(all);
  }

  private void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              asked.add(
                  new Asked(
                      request.method() + " " + request.uri(),
                      request.getHeader("Authorization"),
                      body.length() == 0 ? new JsonObject() : body.toJsonObject()));
              request.response().setStatusCode(status).end(answer);
              if (!later.isEmpty()) answer = later;
            });
  }
}
