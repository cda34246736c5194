package io.mestral.verticles.http;

import static io.mestral.verticles.http.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** {@code GET /v0/devices/:id/readings.csv}, in the form of spec 4.2. */
class CsvExportTest extends HttpTest {
  private static final String BATTERY = "battery in % (Battery SCK)";
  private static final String TEMPERATURE = "Air Temperature in ºC (Sensirion SHT31 - Temperature)";

  @Test
  void aRowForEachSecondAndAColumnForEachSensor() {
    int id = device(ada, "Roof");
    reading(ada, id, "2026-02-03T10:06:00Z", 58, 1013.25);
    reading(ada, id, "2026-02-03T10:05:00Z", 55, 19.72);
    reading(ada, id, "2026-02-03T10:05:00Z", 10, -1);
    reading(ada, id, "2026-02-03T10:06:00Z", 10, 98);
    equation(58, "x/10 + 1");
    HttpResponse<Buffer> answer = get("/v0/devices/" + id + "/readings.csv").send();
    assertThat(answer.bodyAsString())
        .isEqualTo(
            "timestamp,"
                + BATTERY
                + ","
                + TEMPERATURE
                + ",Barometric Pressure in kPa (NXP MPL3115A2 - Barometric Pressure)\n"
                + "2026-02-03 10:05:00 UTC,-1,19.72,\n"
                + "2026-02-03 10:06:00 UTC,98,,102.325\n");
    assertThat(answer.getHeader("Content-Type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(answer.getHeader("Content-Disposition"))
        .isEqualTo("attachment; filename=\"" + id + "_1770113160000.csv\"");
  }

  @Test
  void rangeAndSensorsAreChosen() {
    int id = device(ada, "Roof");
    for (int minute = 10; minute < 15; minute++)
      for (int sensor : new int[] {10, 53, 55})
        reading(ada, id, "2026-02-03T09:" + minute + ":00Z", sensor, minute);
    String asked = "/v0/devices/" + id + "/readings.csv?from=2026-02-03T09:11:00Z&to=1770110040";
    assertThat(get(asked + "&sensor_id[]=55&sensor_id[]=10").send().bodyAsString())
        .isEqualTo(
            "timestamp,"
                + BATTERY
                + ","
                + TEMPERATURE
                + "\n2026-02-03 09:11:00 UTC,11,11\n2026-02-03 09:12:00 UTC,12,12\n"
                + "2026-02-03 09:13:00 UTC,13,13\n2026-02-03 09:14:00 UTC,14,14\n");
    assertThat(get(asked + "&sensor_id=55,4").send().bodyAsString())
        .startsWith("timestamp,Air Temperature in ºC (DHT22 - Temperature)," + TEMPERATURE + "\n")
        .endsWith("2026-02-03 09:14:00 UTC,,14\n");
  }

  @Test
  void whatIsAskedWronglyIsSaid() {
    String csv = "/v0/devices/" + device(ada, "Roof") + "/readings.csv";
    assertAnswer(
        get(csv + "?sensor_id[]=999").send(),
        400,
        "{\"message\":\"There is no sensor 999\",\"status\":400}");
    assertThat(get(csv + "?from=yesterday").send().statusCode()).isEqualTo(400);
    assertAnswer(get("/v0/devices/99/readings.csv").send(), 404, notFound("Device", "id", "99"));
    assertThat(get(csv).send().bodyAsString()).isEqualTo("timestamp\n");
  }

  @Test
  void aPrivateDevicesReadingsAreItsOwners() {
    int id = device(ada, new JsonObject().put("name", "Cellar").put("is_private", true));
    String csv = "/v0/devices/" + id + "/readings.csv";
    assertAnswer(get(csv).send(), 403, FORBIDDEN);
    assertAnswer(get(csv).as(bob).send(), 403, FORBIDDEN);
    assertThat(get(csv).as(ada).send().statusCode()).isEqualTo(200);
  }

  @Test
  void manyPiecesAreOneText() throws Exception {
    int id = device(ada, "Roof");
    String expected = fill(id, 40_000);
    HttpResponse<Buffer> plain = get("/v0/devices/" + id + "/readings.csv").send();
    assertThat(plain.bodyAsString().equals(expected)).isTrue(); // quietly: it is megabytes
    HttpResponse<Buffer> packed =
        get("/devices/" + id + "/readings.csv").with("Accept-Encoding", "gzip").send();
    assertThat(packed.getHeader("Content-Encoding")).isEqualTo("gzip");
    assertThat(unpacked(packed.bodyAsBuffer()).equals(expected)).isTrue();
  }

  @Test
  void headTellsWithoutTheText() {
    int id = device(ada, "Roof");
    fill(id, 2_000);
    for (int i = 0; i < 6; i++) { // more than may be under way at once
      HttpResponse<Buffer> head =
          node.call(HttpMethod.HEAD, "/v0/devices/" + id + "/readings.csv").send();
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.getHeader("Content-Type")).isEqualTo("text/csv; charset=utf-8");
    }
  }

  @Test
  void whoGoesAwayMakesRoomForTheNext() throws Exception {
    int id = device(ada, "Roof");
    String csv = "/v0/devices/" + id + "/readings.csv";
    fill(id, 200_000);
    NetSocket reader = asked(csv);
    NetSocket another = asked(csv);
    try {
      HttpResponse<Buffer> none = get(csv).send();
      assertThat(none.statusCode()).isEqualTo(503); // two places for one address
      assertThat(none.getHeader("Retry-After")).isEqualTo("30");
      String nobodys = "/v0/devices/99/readings.csv"; // not even looked for
      assertThat(get(nobodys).send().statusCode()).isEqualTo(503);
      for (int i = 0; i < 3; i++) // whoever finds nothing gives the place back
      assertThat(get(nobodys).as(ada).send().statusCode()).isEqualTo(404);
      assertThat(get(csv).as(ada).send().statusCode()).isEqualTo(200);
    } finally {
      await(reader.close());
      await(another.close());
    }
    for (int i = 0; get(csv + "?to=0").send().statusCode() != 200; i++)
      assertThat(i).as("the place must be free again").isLessThan(500);
    assertThat(node.meters.get("mestral.csv.exports").gauge().value()).isZero();
  }

  /** Asks, reads the head of the answer, and then nothing more. */
  private NetSocket asked(String uri) throws Exception {
    NetSocket socket = await(node.vertx().createNetClient().connect(node.port(), "127.0.0.1"));
    Future<Buffer> first =
        Future.future(
            promise ->
                socket.handler(
                    bytes -> {
                      socket.pause();
                      promise.tryComplete(bytes);
                    }));
    await(socket.write("GET " + uri + " HTTP/1.1\r\nHost: x\r\n\r\n"));
    assertThat(await(first).toString()).startsWith("HTTP/1.1 200");
    return socket;
  }

  /** Keeps seconds of three sensors with gaps, and gives the text that is to come out. */
  private String fill(int id, int seconds) {
    Random random = new Random(7);
    long first = Instant.parse("2025-12-31T20:00:00Z").getEpochSecond();
    Map<Long, String[]> rows = new TreeMap<>();
    List<Reading> readings = new ArrayList<>();
    int[] sensors = {10, 53, 55};
    for (int column = 0; column < 3; column++) {
      await(
          node.metadata
              .devices()
              .component(
                  new DeviceId(id), new SensorId(sensors[column]), "k" + column, TestNode.NOW));
      for (int i = 0; i < seconds; i++) {
        if (random.nextInt(4) == 0 || column == 1 && i / 10_000 == 1) continue;
        double value = random.nextInt(10_000) / 100.0;
        long second = first + i * (column + 1L);
        readings.add(new Reading(new DeviceId(id), new SensorId(sensors[column]), second, value));
        rows.computeIfAbsent(second, none -> new String[] {"", "", ""})[column] =
            value == Math.rint(value) ? "" + (long) value : "" + value;
      }
    }
    await(node.readings.append(readings));
    StringBuilder text =
        new StringBuilder("timestamp," + BATTERY + ",Noise Level in dBA (ICS43432 - Noise),");
    text.append(TEMPERATURE).append('\n');
    DateTimeFormatter form =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    rows.forEach(
        (second, cells) ->
            text.append(form.format(Instant.ofEpochSecond(second)))
                .append(',')
                .append(String.join(",", cells))
                .append('\n'));
    return text.toString();
  }

  private static String unpacked(Buffer packed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.getBytes()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
