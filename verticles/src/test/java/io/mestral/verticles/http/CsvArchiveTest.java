package io.mestral.verticles.http;

import static io.mestral.verticles.http.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.storage.CsvExport;
import io.mestral.storage.CsvExports;
import io.mestral.storage.Mail;
import io.mestral.storage.MailQueue.Waiting;
import io.mestral.storage.Metadata;
import io.mestral.verticles.csv.CsvArchive;
import io.mestral.verticles.exporting.ArchiveMail;
import io.mestral.verticles.exporting.ExportVerticle;
import io.mestral.verticles.mail.LetterText;
import io.mestral.verticles.mail.Letters;
import io.mestral.verticles.stores.Detours;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code GET /v0/devices/:id/readings/csv_archive} (spec 2.7) and what comes of it. */
class CsvArchiveTest extends HttpTest {
  private static final String QUEUED =
      "{\"id\":\"ok\",\"message\":\"CSV Archive job added to queue\",\"url\":\"\",\"errors\":\"\"}";
  private static final String TOO_SOON =
      "{\"id\":\"enhance_your_calm\",\"message\":\"You can only make this request once every 6"
          + " hours, (this is rate-limited)\",\"url\":\"\",\"errors\":\"\"}";
  private static final String TEXT =
      "timestamp,Air Temperature in ºC (Sensirion SHT31 - Temperature)\n"
          + "2026-02-03 10:04:00 UTC,19.7\n2026-02-03 10:05:00 UTC,19.72\n";

  private static final int BYTES = TEXT.getBytes(StandardCharsets.UTF_8).length;

  private final Detours detours = new Detours();
  private int id;

  @BeforeEach
  void makeDevice() {
    id = device(ada, "Roof");
    reading(ada, id, "2026-02-03T10:05:00Z", 55, 19.72);
    reading(ada, id, "2026-02-03T10:04:00Z", 55, 19.7);
  }

  @Test
  void oneRequestInAWhileIsTaken() {
    assertAnswer(get(archive()).as(ada).send(), 200, QUEUED);
    assertAnswer(get(archive()).as(ada).send(), 420, TOO_SOON);
    assertAnswer(get(archive()).as(admin).send(), 420, TOO_SOON);
    node.clock.forward(Duration.ofMinutes(15));
    assertAnswer(get(archive()).as(ada).send(), 200, QUEUED);
  }

  @Test
  void onlyWhoManagesTheDeviceMayAsk() {
    assertAnswer(get(archive()).send(), 403, FORBIDDEN);
    assertAnswer(get(archive()).as(bob).send(), 403, FORBIDDEN);
    assertAnswer(get("/v0/devices/" + id + "/exports").as(bob).send(), 403, FORBIDDEN);
    assertAnswer(get(archive()).as(admin).send(), 200, QUEUED);
  }

  @Test
  void whoAskedIsMailedALinkThatWorksForADay() {
    export("http://example.org");
    assertAnswer(get(archive()).as(admin).send(), 200, QUEUED);
    waitFor(() -> mails().size() == 1);
    Mail mail = mails().get(0).mail();
    assertThat(mail.recipient()).isEqualTo("root <root@example.org>");
    assertThat(mail.subject()).isEqualTo("Device CSV Archive Ready");
    Matcher link =
        Pattern.compile("http://example.org(/v0/devices/" + id + "/exports/[\\w-]{43}\\.csv)")
            .matcher(text(mail));
    assertThat(link.find()).as(text(mail)).isTrue();
    HttpResponse<Buffer> file = get(link.group(1)).send();
    assertAnswer(file, 200, TEXT);
    assertThat(file.getHeader("Content-Type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(file.getHeader("Content-Disposition"))
        .isEqualTo("attachment; filename=\"" + id + "_1770113160000.csv\"");
    node.clock.forward(Duration.ofDays(1));
    assertThat(get(link.group(1)).send().statusCode()).isEqualTo(404);
  }

  @Test
  void theListLeadsToTheFileWithoutMail() {
    JsonObject ready = made();
    assertThat(ready.getString("url")).startsWith(node.url() + "/v0/devices/" + id + "/exports/");
    assertThat(ready.getString("expires_at")).isEqualTo("2026-02-04T10:06:00Z");
    assertThat(ready.getInteger("bytes")).isEqualTo(BYTES);
    assertAnswer(get(path(ready)).send(), 200, TEXT);
    assertThat(get(path(ready).replace(".csv", "x.csv")).send().statusCode()).isEqualTo(404);
    assertThat(get(path(ready).replace("devices/" + id, "devices/99")).send().statusCode())
        .isEqualTo(404);
  }

  @Test
  void aDownloadIsTakenUpAgain() {
    String file = path(made());
    HttpResponse<Buffer> whole = get(file).with("Accept-Encoding", "gzip").send();
    String tag = whole.getHeader("ETag");
    assertThat(whole.getHeader("Accept-Ranges")).isEqualTo("bytes");
    assertThat(whole.getHeader("Content-Length")).isEqualTo("" + BYTES);

    HttpResponse<Buffer> rest = get(file).with("Range", "bytes=10-").with("If-Range", tag).send();
    assertAnswer(rest, 206, TEXT.substring(10));
    assertThat(rest.getHeader("Content-Range")).isEqualTo("bytes 10-" + (BYTES - 1) + "/" + BYTES);
    assertAnswer(get(file).with("Range", "bytes=0-8").send(), 206, "timestamp");
    assertAnswer(get(file).with("Range", "bytes=-3").send(), 206, "72\n");
    assertAnswer(get(file).with("Range", "bytes=5-").with("If-Range", "\"x\"").send(), 200, TEXT);
    assertAnswer(get(file).with("Range", "bytes=0-1,3-4").send(), 200, TEXT);
    HttpResponse<Buffer> beyond = get(file).with("Range", "bytes=9999-").send();
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.getHeader("Content-Range")).isEqualTo("bytes */" + BYTES);
    HttpResponse<Buffer> head = node.call(HttpMethod.HEAD, file).send();
    assertThat(head.getHeader("Content-Length")).isEqualTo("" + BYTES);
    for (int i = 0; i < 10; i++) // more than there are places: each is given back
    assertThat(get(file).send().statusCode()).isEqualTo(200);
  }

  @Test
  void whatARunLeftUnfinishedTheNextOneMakes() throws Exception {
    Files.createDirectories(folder());
    Path draft = Files.writeString(folder().resolve("left.part"), "half of it");
    Path unknown = Files.writeString(folder().resolve("unknown.csv"), "nobody's");
    Path foreign = Files.writeString(folder().resolve("notes.txt"), "mine");
    get(archive()).as(ada).send(); // nobody is there to make it
    export("http://example.org");
    waitFor(() -> mails().size() == 1);
    assertThat(draft).doesNotExist();
    assertThat(unknown).doesNotExist();
    assertThat(foreign).exists();
    assertThat(state(0)).isEqualTo("ready");
  }

  @Test
  void expiredFilesAreRemoved() {
    JsonObject ready = made();
    Path file = file(ready);
    assertThat(file).exists();
    node.clock.forward(Duration.ofHours(25));
    get(archive()).as(ada).send(); // which also has it look around
    waitFor(() -> !Files.exists(file));
    waitFor(() -> state(0).equals("ready"));
    assertThat(exports()).hasSize(1);
  }

  @Test
  void anArchiveWithoutRoomIsTold() {
    List<Reading> much = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) // of 30 bytes each, where 1 MiB is allowed
    much.add(new Reading(new DeviceId(id), new SensorId(55), 1_700_000_000L + i, i / 100.0));
    await(node.readings.append(much));
    export("http://example.org");
    get(archive()).as(ada).send();
    waitFor(() -> state(0).equals("failed"));
    assertThat(exports().getJsonObject(0).getString("message"))
        .isEqualTo("there is no room for another archive");
    assertThat(mails()).isEmpty();
    CsvExport failed = await(node.metadata.csvExports().waiting(9)).stream().findAny().orElse(null);
    assertThat(failed).isNull();
  }

  @Test
  void archivesThatCantBeMadeHoldNobodyUp() throws Exception {
    int last = id;
    for (int i = 0; i < 11; i++) {
      id = last;
      get(archive()).as(ada).send();
      last = device(ada, "Cellar");
    }
    for (CsvExport export : await(node.metadata.csvExports().waiting(10)))
      Files.createDirectories(folder().resolve(export.name() + ".part").resolve("in the way"));
    export("http://example.org");
    waitFor(() -> state(0).equals("ready"));
    long rounds = detours.count(CsvExports.class, "waiting");
    for (int i = 0; i < 50; i++) exports();
    assertThat(detours.count(CsvExports.class, "waiting")).isEqualTo(rounds); // until the next look
  }

  @Test
  void whatAnEarlierAttemptLeftTakesNoRoom() throws Exception {
    get(archive()).as(ada).send();
    String name = await(node.metadata.csvExports().waiting(1)).get(0).name();
    Files.createDirectories(folder());
    Files.write(node.exports.fileOf(name), new byte[1 << 20]); // all the room there is
    export("http://example.org");
    waitFor(() -> !state(0).equals("waiting"));
    assertThat(state(0)).isEqualTo("ready");
  }

  @Test
  void aDevicesNameWritesNoLinesIntoTheMail() {
    id = device(ada, "Roof\n\nhttp://evil.example\n");
    export("http://example.org");
    get(archive()).as(admin).send();
    waitFor(() -> mails().size() == 1);
    assertThat(text(mails().get(0).mail()).lines())
        .noneMatch(line -> line.startsWith("http://evil"));
  }

  private JsonObject made() {
    export("http://example.org");
    get(archive()).as(ada).send();
    waitFor(() -> state(0).equals("ready"));
    return exports().getJsonObject(0);
  }

  private void export(String base) {
    Letters letters = new Letters(node.vault, () -> base, node.clock);
    ExportVerticle.Parts parts =
        new ExportVerticle.Parts(
            detours.to(Metadata.class, node.metadata),
            new CsvArchive(node.vertx(), node.metadata, node.readings),
            node.exports,
            Optional.of(new ArchiveMail(letters)),
            node.clock);
    await(node.vertx().deployVerticle(new ExportVerticle(parts, node.meters)));
  }

  private String archive() {
    return "/v0/devices/" + id + "/readings/csv_archive";
  }

  private JsonArray exports() {
    return get("/v0/devices/" + id + "/exports").as(ada).array();
  }

  private String state(int index) {
    return exports().getJsonObject(index).getString("state");
  }

  private String path(JsonObject export) {
    return export.getString("url").substring(node.url().length());
  }

  private Path file(JsonObject export) {
    String url = export.getString("url");
    return folder().resolve(url.substring(url.lastIndexOf('/') + 1));
  }

  private Path folder() {
    return node.exports.fileOf("x").getParent();
  }

  private String text(Mail mail) {
    return LetterText.of(mail, node.vault);
  }

  private List<Waiting> mails() {
    return await(node.metadata.mails().due(node.clock.instant(), 10));
  }

  private static void waitFor(BooleanSupplier condition) {
    long limit = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) assertThat(System.nanoTime()).isLessThan(limit);
  }
}
