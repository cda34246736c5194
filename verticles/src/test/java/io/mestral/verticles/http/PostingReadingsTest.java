package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.http.TestNode.Call;
import io.mestral.verticles.stores.Detours;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spec 2.7, sending. */
class PostingReadingsTest extends HttpTest {
  private static final String OK =
      "{\"id\":\"ok\",\"message\":\"Data successfully sent to queue\",\"url\":\"\",\"errors\":\"\"}";

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
  void theBodiesOfThoseTurnedAwayTakeNoRoomInTheEnd() {
    String readings = "/v0/devices/" + device(ada, "Roof") + "/readings";
    String little = "x".repeat(64 * 1024);
    for (int i = 0; i < 129; i++) // one more than all bodies together may hold
    assertThat(post(readings).send("text/plain", little).statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsAcceptedIsThereForTheNextQuestion() {
    assertAnswer(readings().as(ada).send(batch("2026-02-03T10:05:00Z", 55, "19.72")), 200, OK);
    JsonObject sensor =
        get("/v0/devices/" + id)
            .object()
            .getJsonObject("data")
            .getJsonArray("sensors")
            .getJsonObject(0);
    assertThat(sensor.getDouble("value")).isEqualTo(19.72);
  }

  @Test
  void administratorsMayPostToo() {
    assertAnswer(readings().as(admin).send(batch("2026-02-03T10:05:00Z", 55, 1)), 200, OK);
  }

  @Test
  void nobodyElseMay() {
    assertAnswer(readings().send(batch("2026-02-03T10:05:00Z", 55, 1)), 403, FORBIDDEN);
    assertAnswer(readings().as(bob).send(batch("2026-02-03T10:05:00Z", 55, 1)), 403, FORBIDDEN);
    assertThat(get("/v0/devices/" + id).object().getString("state")).isEqualTo("not_configured");
  }

  @Test
  void aBatchWithoutDataIsMissingIt() {
    assertAnswer(readings().as(ada).send(new JsonObject()), 400, missing("data"));
    assertAnswer(readings().as(ada).send(), 400, missing("data"));
    assertAnswer(
        readings().as(ada).send(new JsonObject().put("data", new JsonArray())),
        400,
        missing("data"));
  }

  @Test
  void aFirstEntryWithoutATimeIsToldWithA200() {
    JsonObject batch = batch("2026-02-03T10:05:00Z", 55, 1);
    batch.getJsonArray("data").getJsonObject(0).remove("recorded_at");
    assertAnswer(
        readings().as(ada).send(batch),
        200,
        "{\"id\":\"bad\",\"message\":\"Timestamp cannot be empty!\",\"url\":\"\","
            + "\"errors\":\"\"}");
  }

  @Test
  void brokenJsonIsA400AndStandsInTheErrors() {
    assertThat(readings().as(ada).send("application/json", "{\"data\":[").statusCode())
        .isEqualTo(400);
    JsonArray errors = get("/v0/devices/" + id + "/ingest_errors").as(ada).array();
    assertThat(errors.getJsonObject(0).fieldNames())
        .containsExactly(
            "device_id", "topic", "message", "error_class", "error_message", "created_at");
    assertThat(errors.getJsonObject(0).getString("message")).isEqualTo("{\"data\":[");
    assertThat(errors.getJsonObject(0).getString("error_message"))
        .startsWith("Message not parsed: ");
  }

  @Test
  void theErrorsAreForWhoManagesTheDeviceNewestFirst() {
    readings().as(ada).send("application/json", "{1");
    readings().as(ada).send("application/json", "{2");
    String errors = "/v0/devices/" + id + "/ingest_errors";
    assertThat(get(errors).as(admin).array().getJsonObject(0).getString("message")).isEqualTo("{2");
    assertAnswer(get(errors).as(bob).send(), 403, FORBIDDEN);
    assertAnswer(get(errors).send(), 403, FORBIDDEN);
  }

  @Test
  void dataMayComeAsAFormField() {
    String data =
        batch("2026-02-03T10:05:00Z", 55, 7).getJsonArray("data").encode().replace("+", "%2B");
    assertAnswer(
        readings().as(ada).send("application/x-www-form-urlencoded", "data=" + data), 200, OK);
  }

  @Test
  void megabytesAreTakenUpToTheNodesLimit() {
    JsonObject batch = batch("2026-02-03T10:05:00Z", 55, 1);
    String big = batch.put("padding", "x".repeat(60_000)).encode();
    String filler = " ".repeat(3 << 20);
    assertAnswer(readings().as(ada).send("application/json", big + filler), 200, OK);
    assertThat(readings().as(ada).send("application/json", big + filler + filler).statusCode())
        .isEqualTo(413);
  }

  @Test
  void largeFormFieldsAreTakenToo() {
    JsonObject batch = batch("2026-02-03T10:05:00Z", 55, 1);
    JsonArray data = batch.getJsonArray("data");
    for (int i = 0; i < 1000; i++) data.add(data.getJsonObject(0));
    String form =
        "--frontier\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\n"
            + data.encode()
            + "\r\n--frontier--\r\n";
    assertAnswer(readings().as(ada).send("multipart/form-data; boundary=frontier", form), 200, OK);
  }

  @Test
  void manyLargeBodiesOneAfterTheOtherFindRoomAgain() {
    String body =
        batch("2026-02-03T10:05:00Z", 55, 1).encode() + " ".repeat(3 << 20); // room is for 8 MiB
    for (int i = 0; i < 5; i++)
      assertAnswer(readings().as(ada).send("application/json", body), 200, OK);
  }

  @Test
  void whatCannotBeKeptIsNotAcknowledged() {
    detours.always(
        ReadingStore.class,
        "append",
        Detours.failing(new RefusedException(Refusal.QUOTA_EXCEEDED, "no room for readings")));
    JsonObject batch = batch("2026-02-03T10:05:00Z", 55, 1);
    assertAnswer(
        readings().as(ada).send(batch),
        503,
        "{\"id\":\"service_unavailable\",\"message\":\"no room for readings\","
            + "\"errors\":null,\"url\":null}");
    detours.never(ReadingStore.class, "append");
    assertAnswer(readings().as(ada).send(batch), 200, OK);
  }

  private Call readings() {
    return post("/v0/devices/" + id + "/readings");
  }

  private static JsonObject batch(String time, int sensor, Object value) {
    JsonObject reading = new JsonObject().put("id", sensor).put("value", value);
    JsonObject entry =
        new JsonObject().put("recorded_at", time).put("sensors", new JsonArray().add(reading));
    return new JsonObject().put("data", new JsonArray().add(entry));
  }
}
