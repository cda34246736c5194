package io.mestral.verticles.http;

import static io.mestral.verticles.http.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.stores.Detours;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.multipart.MultipartForm;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code POST /v0/devices/:id/readings/upload}: files of SD cards (spec 4.1, 4.3). */
class CsvUploadTest extends HttpTest {
  private static final String HEAD =
      "TIME,BATT,TEMP\nISO 8601,%,C\nTime,Battery,Temperature\n,10,55\n";

  private final Detours detours = new Detours();
  private int id;

  @Override
  TestNode start() {
    return TestNode.start(detours);
  }

  @BeforeEach
  void makeDevice() {
    id = device(ada, "Roof");
  }

  @Test
  void aBodyIsAFile() {
    HttpResponse<Buffer> answer =
        post(uploads() + "?file=26-02-03.CSV")
            .as(ada)
            .send(
                "text/csv",
                HEAD + "2026-02-03T10:05:00Z,-1,21.85\n2026-02-03T10:06:00Z,null,bad\n");
    assertAnswer(
        answer,
        200,
        "{\"id\":\"ok\",\"message\":\"2 readings kept\",\"readings\":2,\"files\":[{\"file\":\"26-02-03.CSV\","
            + "\"outcome\":\"kept\",\"uploaded_at\":\"2026-02-03T10:06:00Z\",\"user_id\":1,\"bytes\":120,"
            + "\"rows\":2,\"readings\":2,\"lines\":6,\"rows_without_values\":1,\"rows_skipped\":0,"
            + "\"cells_skipped\":1,\"first\":\"2026-02-03T10:05:00Z\",\"last\":\"2026-02-03T10:05:00Z\","
            + "\"sensor_ids\":[10,55],\"columns_left_out\":[],"
            + "\"problems\":[{\"line\":6,\"reason\":\"column 3: 'bad' is no number\"}],"
            + "\"problems_left_out\":0}]}");
    JsonObject sensor =
        get("/v0/devices/" + id)
            .object()
            .getJsonObject("data")
            .getJsonArray("sensors")
            .getJsonObject(1);
    assertThat(sensor.getDouble("value")).isEqualTo(21.85);
    assertThat(sensor.getString("last_reading_at")).isEqualTo("2026-02-03T10:05:00Z");
  }

  @Test
  void aFormHasManyFilesAndEachIsTold() {
    MultipartForm form = MultipartForm.create().attribute("note", "from the attic");
    for (int day = 1; day <= 28; day++)
      form.binaryFileUpload(
          "data_files[]", day + ".CSV", Buffer.buffer(card("2026-01-%02d", day)), "text/csv");
    form.binaryFileUpload("data_files[]", "photo.jpg", Buffer.buffer(new byte[9999]), "image/jpeg");
    JsonObject answer = send(form);
    assertThat(answer.getLong("readings")).isEqualTo(28 * 120);
    assertThat(answer.getJsonArray("files")).hasSize(29);
    assertThat(answer.getJsonArray("files").getJsonObject(27).getString("file"))
        .isEqualTo("28.CSV");
    assertThat(answer.getJsonArray("files").getJsonObject(28).getString("outcome"))
        .isEqualTo("refused");
    assertThat(stored(55)).isEqualTo(28 * 60);
  }

  @Test
  void aFileThatIsNoCardIsRefusedAndNothingIsKept() {
    HttpResponse<Buffer> answer =
        post(uploads()).as(ada).send("text/csv", "TIME,A\nC\nTime,A\n,0\n2026-02-03T10:05:00Z,1\n");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.bodyAsString()).contains("names no sensor of the platform");
    assertThat(get("/v0/devices/" + id).object().getString("state")).isEqualTo("not_configured");
    assertThat(post(uploads()).as(ada).send("text/csv", "").statusCode()).isEqualTo(422);
    assertAnswer(
        post(uploads()).as(ada).send("multipart/form-data; boundary=x", "--x--\r\n"),
        400,
        missing("data_files[]"));
  }

  @Test
  void onlyWhoManagesTheDeviceMay() {
    String card = card("2026-01-%02d", 1);
    assertAnswer(post(uploads()).send("text/csv", card), 403, FORBIDDEN);
    assertAnswer(post(uploads()).as(bob).send("text/csv", card), 403, FORBIDDEN);
    assertAnswer(get("/v0/devices/" + id + "/uploads").as(bob).send(), 403, FORBIDDEN);
    assertThat(post(uploads()).as(admin).send("text/csv", card).statusCode()).isEqualTo(200);
  }

  @Test
  void theHistoryHasTheLastFilesNewestFirst() {
    post(uploads() + "?file=a").as(ada).send("text/csv", card("2026-01-%02d", 1));
    post(uploads() + "?file=b").as(ada).send("text/csv", "x");
    JsonArray history = get("/v0/devices/" + id + "/uploads").as(ada).array();
    assertThat(history).hasSize(2);
    assertThat(history.getJsonObject(0).getString("file")).isEqualTo("b");
    assertThat(history.getJsonObject(0).getString("outcome")).isEqualTo("refused");
    assertThat(history.getJsonObject(1).getLong("readings")).isEqualTo(120);
  }

  @Test
  void whatIsTooLargeIsRefusedAndToldWithWhatWasKept() {
    StringBuilder card = new StringBuilder(HEAD);
    for (int i = 0; i < 50_000; i++) card.append(time(i)).append(",1,2\n");
    String body = card.toString();
    assertThat(body.length()).isGreaterThan(1 << 20);
    assertThat(post(uploads()).as(ada).send("text/csv", body).statusCode()).isEqualTo(413);
    MultipartForm form =
        MultipartForm.create()
            .binaryFileUpload(
                "data_files[]", "1.CSV", Buffer.buffer(card("2026-01-%02d", 1)), "text/csv")
            .binaryFileUpload("data_files[]", "2.CSV", Buffer.buffer(body), "text/csv");
    HttpResponse<Buffer> answer =
        await(
            client()
                .postAbs(node.url() + uploads())
                .putHeader("Authorization", "Bearer " + ada.token())
                .sendMultipartForm(form));
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void aStoreThatIsFullForAMomentCostsOnlyPatience() {
    fill();
    Future<HttpResponse<Buffer>> answer =
        client()
            .postAbs(node.url() + uploads())
            .putHeader("Authorization", "Bearer " + ada.token())
            .sendBuffer(Buffer.buffer(card("2026-01-%02d", 1)));
    waitForUploads(1);
    detours.never(ReadingStore.class, "append");
    assertThat(await(answer).bodyAsString()).contains("120 readings kept");
  }

  @Test
  void anUploadThatBreaksOffIsInTheHistoryWithWhatWasKept() {
    StringBuilder card = new StringBuilder(HEAD);
    for (int i = 0; i < 10_000; i++) card.append(time(i)).append(",1,2\n");
    NetSocket socket = upload("half", 900_000, card.toString());
    while (stored(55) < 8000) assertThat(node.troubles).isEmpty();
    await(socket.close());
    waitForUploads(0);
    JsonObject half = get("/v0/devices/" + id + "/uploads").as(ada).array().getJsonObject(0);
    assertThat(half.getString("outcome")).isEqualTo("broken_off");
    assertThat(half.getLong("readings")).isGreaterThanOrEqualTo(16_000);
    assertThat(half.getLong("readings")).isEqualTo(2L * stored(55));
  }

  @Test
  void theRowsThatHadComeBeforeAnUploadBrokeOffAreKept() {
    NetSocket socket =
        upload("half", 900, HEAD + time(1) + ",1,2\n" + time(2) + ",3,4\n" + time(3));
    waitForUploads(1);
    await(socket.close());
    waitForUploads(0);
    JsonObject half = get("/v0/devices/" + id + "/uploads").as(ada).array().getJsonObject(0);
    assertThat(half.getString("outcome")).isEqualTo("broken_off");
    assertThat(half.getLong("readings")).isEqualTo(4);
    assertThat(stored(55)).isEqualTo(2);
  }

  @Test
  void aStoreThatIsFullForAMomentDoesNotSetEntriesApartTwice() {
    fill();
    String card = HEAD + "1999-12-31T23:59:59Z,1,2\n" + time(1) + ",1,2\n";
    Future<HttpResponse<Buffer>> answer =
        client()
            .postAbs(node.url() + uploads())
            .putHeader("Authorization", "Bearer " + ada.token())
            .sendBuffer(Buffer.buffer(card));
    while (detours.count(ReadingStore.class, "append") < 3) assertThat(node.troubles).isEmpty();
    detours.never(ReadingStore.class, "append");
    assertThat(await(answer).bodyAsString()).contains("2 readings kept");
    assertThat(get("/v0/devices/" + id + "/quarantine").as(ada).array()).hasSize(1);
  }

  @Test
  void entriesWithImpossibleTimesAreToldAndNotStored() {
    JsonObject answer =
        post(uploads())
            .as(ada)
            .send("text/csv", HEAD + "1999-12-31T23:59:59Z,1,2\n2026-02-03T10:05:00Z,3,4\n")
            .bodyAsJsonObject();
    assertThat(answer.getLong("readings")).isEqualTo(2);
    assertThat(answer.getJsonArray("files").getJsonObject(0).getJsonArray("problems").encode())
        .isEqualTo("[{\"line\":5,\"reason\":\"the time can't be right\"}]");
    assertThat(stored(55)).isEqualTo(1);
  }

  @Test
  void aFormThatIsRefusedIsAnsweredThoughItsFilesGoOn() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 40; i++) body.append(part(i + ".CSV", HEAD + " ".repeat(500_000)));
    NetSocket socket = form("Transfer-Encoding: chunked");
    Future<String> answer = answerOn(socket);
    for (int at = 0; at < body.length(); at += 1 << 16) {
      String chunk = body.substring(at, Math.min(at + (1 << 16), body.length()));
      await(socket.write("%x\r\n%s\r\n".formatted(chunk.length(), chunk))); // all, and then looks
    }
    await(socket.write("0\r\n\r\n"));
    assertThat(await(answer)).startsWith("HTTP/1.1 413");
    Future<String> next = answerOn(socket);
    await(socket.write("GET /v0/version HTTP/1.1\r\nHost: x\r\n\r\n"));
    assertThat(await(next)).startsWith("HTTP/1.1 200");
    await(socket.close());
  }

  @Test
  void aFormThatIsCutOffAtItsEndIsAnsweredAtOnce() {
    String body = part("1.CSV", HEAD + time(1) + ",1,2\n" + time(2) + ",3,4");
    NetSocket socket = form("Content-Length: " + body.length());
    Future<String> answer = answerOn(socket);
    await(socket.write(body));
    assertThat(await(answer)).startsWith("HTTP/1.1 400").contains("before its last boundary");
    assertThat(stored(55)).isEqualTo(1);
  }

  @Test
  void whatAFormHasBesideItsFilesIsBounded() {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < 5; i++) fields.append(field(i, "x".repeat(900_000)));
    String body = fields + part("1.CSV", HEAD + time(1) + ",1,2\n") + "--b--\r\n";
    NetSocket socket = form("Transfer-Encoding: chunked");
    Future<String> answer = answerOn(socket);
    await(socket.write("%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body)));
    assertThat(await(answer)).startsWith("HTTP/1.1 400").contains("too much beside its files");
    await(socket.close());
  }

  private void fill() {
    detours.always(
        ReadingStore.class,
        "append",
        Detours.failing(new RefusedException(Refusal.QUOTA_EXCEEDED, "no room for readings")));
  }

  private NetSocket form(String length) {
    NetSocket socket = await(node.vertx().createNetClient().connect(node.port(), "127.0.0.1"));
    String head =
        "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n"
                .formatted(uploads(), ada.token(), length)
            + "Content-Type: multipart/form-data; boundary=b\r\n\r\n";
    await(socket.write(head));
    return socket;
  }

  private static Future<String> answerOn(NetSocket socket) {
    Promise<String> answer = Promise.promise();
    socket.handler(bytes -> answer.tryComplete(bytes.toString()));
    socket.closeHandler(closed -> answer.tryFail("no answer"));
    return answer.future();
  }

  private static String part(String file, String content) {
    return "--b\r\nContent-Disposition: form-data; name=\"data_files[]\"; filename=\"%s\"\r\n\r\n%s\r\n"
        .formatted(file, content);
  }

  private static String field(int number, String value) {
    return "--b\r\nContent-Disposition: form-data; name=\"f%d\"\r\n\r\n%s\r\n"
        .formatted(number, value);
  }

  /** Announces so many bytes and sends these. */
  private NetSocket upload(String file, int length, String bytes) {
    NetSocket socket = await(node.vertx().createNetClient().connect(node.port(), "127.0.0.1"));
    String head =
        "POST %s?file=%s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(uploads(), file, length, ada.token());
    await(socket.write(head + bytes));
    return socket;
  }

  private void waitForUploads(int count) {
    long limit = System.nanoTime() + 20_000_000_000L;
    while (node.meters.get("mestral.csv.uploads").gauge().value() != count)
      assertThat(System.nanoTime()).isLessThan(limit);
  }

  private int stored(int sensor) {
    Series series = new Series(new DeviceId(id), new SensorId(sensor));
    return await(node.readings.read(series, TimeRange.ALWAYS, 1_000_000)).size();
  }

  private String uploads() {
    return "/v0/devices/" + id + "/readings/upload";
  }

  private JsonObject send(MultipartForm form) {
    HttpResponse<Buffer> answer =
        await(
            client()
                .requestAbs(HttpMethod.POST, node.url() + uploads())
                .putHeader("Authorization", "Bearer " + ada.token())
                .sendMultipartForm(form));
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  private WebClient client() {
    return WebClient.create(node.vertx());
  }

  private static String time(int second) {
    return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second).toString();
  }

  /** A day of an hour of minutes. */
  private static String card(String day, int number) {
    StringBuilder card = new StringBuilder(HEAD);
    for (int minute = 0; minute < 60; minute++)
      card.append(day.formatted(number))
          .append("T10:%02d:00Z,%d,%d.5%n".formatted(minute, minute, number));
    return card.toString();
  }
}
