package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The readings query of spec 2.6. */
class ReadingsTest extends HttpTest {
  private static final String DAY = "&from=2026-02-02&to=2026-02-03";

  private int id;
  private String base;

  @BeforeEach
  void publish() {
    id = device(ada, "Roof");
    base = "/v0/devices/" + id + "/readings?";
    reading(ada, id, "2026-02-02T16:00:32Z", 55, 19);
    reading(ada, id, "2026-02-02T16:05:00Z", 55, 21);
    reading(ada, id, "2026-02-02T20:00:35Z", 55, 18.7094);
    reading(ada, id, "2026-02-02T20:00:35Z", 58, 1000);
    reading(ada, id, "2026-02-02T20:10:35Z", 58, 1010);
  }

  @Test
  void theAnswerIsWrittenNewestFirstWithEverythingInOrder() {
    assertAnswer(
        get(base + "sensor_id=55&rollup=4h" + DAY).send(),
        200,
        "{\"device_id\":"
            + id
            + ",\"sensor_key\":\"t\",\"sensor_id\":55,\"component_id\":"
            + component()
            + ","
            + "\"rollup\":\"4h\",\"function\":\"avg\",\"from\":\"2026-02-02T00:00:00Z\","
            + "\"to\":\"2026-02-03T00:00:00Z\",\"sample_size\":3,"
            + "\"readings\":[[\"2026-02-02T20:00:35Z\",18.7094],"
            + "[\"2026-02-02T16:00:32Z\",20.0]]}");
  }

  @Test
  void bothWhatToRollUpAndHowMustBeSaid() {
    assertAnswer(get(base).send(), 400, missing("rollup and sensor_key OR sensor_id"));
    assertAnswer(get(base + "rollup=1h").send(), 400, missing("sensor_key OR sensor_id"));
    assertAnswer(get(base + "sensor_id=55").send(), 400, missing("rollup"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=2026-02-02+16:00:32+00:00", // how the Python client's plus signs arrive
        "from=2026-02-02T16:00:32Z",
        "from=2026-02-02T16:00:32.000Z",
        "from=2026-02-02%2016:00:32%20UTC",
        "from=2026-02-02T17:00:32%2B01:00",
        "from=1770048032"
      })
  void theStartIsInclusiveInWhateverFormItComes(String from) {
    assertThat(points(base + "sensor_id=55&rollup=1m&" + from)).hasSize(3);
  }

  @Test
  void theEndIsInclusiveToo() {
    String to = "&from=2026-02-02&to=2026-02-02T16:05:00Z";
    assertThat(points(base + "sensor_id=55&rollup=1m" + to)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1s", "1h", "1d", "1M"})
  void allOfTimeIsAnsweredAsQuicklyAsTheTimeThatHasReadings(String rollup) {
    JsonObject answer =
        get(base + "sensor_id=55&rollup=" + rollup + "&from=0001-01-01&to=99999999999").object();
    assertThat(answer.getInteger("sample_size")).isEqualTo(3);
    assertThat(answer.getString("from")).isEqualTo("0001-01-01T00:00:00Z");
    assertThat(points(base + "sensor_id=55&rollup=1h&from=99999999990&to=99999999999")).isEmpty();
    assertThat(points(base + "sensor_id=55&rollup=1h&from=0001-01-01&to=0001-01-02")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"to=tomorrow", "from=yesterday", "to=tomorrow&relative=1d"})
  void aTimeThatIsNoneIsRefusedAlsoWhereItWouldNotCount(String time) {
    assertThat(get(base + "sensor_id=55&rollup=1m&" + time).send().statusCode()).isEqualTo(400);
  }

  @Test
  void anEndWithoutAStartIsIgnored() {
    assertThat(points(base + "sensor_id=55&rollup=1m&to=2020-01-01")).hasSize(3);
  }

  @Test
  void withoutAStartItGoesSixWeeksBackOrAsFarAsSaid() {
    reading(ada, id, "2025-12-23T10:06:00Z", 55, 1); // six weeks ago to the second
    reading(ada, id, "2025-12-23T10:05:59Z", 55, 1);
    assertThat(points(base + "sensor_id=55&rollup=1m")).hasSize(4);
    assertThat(points(base + "sensor_id=55&rollup=1m&relative=15h")).hasSize(1);
    JsonObject answer = get(base + "sensor_id=55&rollup=1m&relative=1M").object();
    assertThat(answer.getString("from")).isEqualTo("2026-01-03T10:06:00Z");
    assertThat(answer.getString("to")).isEqualTo("2026-02-03T10:06:00Z");
  }

  @ParameterizedTest
  @CsvSource({"max,21.0", "min,19.0", "sum,40.0", "first,19.0", "last,21.0", "count,2"})
  void otherFunctionsCanBeAskedFor(String function, String value) {
    String body =
        get(base + "sensor_id=55&rollup=4h&function=" + function + DAY).send().bodyAsString();
    assertThat(body)
        .contains("\"function\":\"" + function + "\"")
        .endsWith("[\"2026-02-02T16:00:32Z\"," + value + "]]}");
  }

  @Test
  void theEquationIsAppliedToWhatWasAggregatedButNotToCountsAndRawValues() {
    equation(58, "x/10 + 1");
    String query = base + "sensor_id=58&rollup=1h" + DAY;
    assertThat(points(query).getJsonArray(0).getDouble(1)).isEqualTo(101.5);
    assertThat(points(query + "&raw=1").getJsonArray(0).getDouble(1)).isEqualTo(1005);
    assertThat(points(query + "&raw=").getJsonArray(0).getDouble(1)).isEqualTo(1005);
    assertThat(points(query + "&function=count").getJsonArray(0).getInteger(1)).isEqualTo(2);
  }

  @Test
  void aLimitTakesTheOldestReadingsBeforeTheyAreRolledUp() {
    JsonObject answer = get(base + "sensor_id=55&rollup=4h&limit=1" + DAY).object();
    assertThat(answer.getInteger("sample_size")).isEqualTo(1);
    assertThat(answer.getJsonArray("readings").encode())
        .isEqualTo("[[\"2026-02-02T16:00:32Z\",19.0]]");
  }

  @Test
  void emptyIntervalsAreListedOnRequestOnceEach() {
    assertThat(
            points(
                    base
                        + "sensor_id=55&rollup=4h&all_intervals=true"
                        + "&from=2026-02-02T09:30:00Z&to=2026-02-03T01:00:00Z")
                .encode())
        .isEqualTo(
            "[[\"2026-02-03T00:00:00Z\",null],"
                + "[\"2026-02-02T20:00:35Z\",18.7094],"
                + "[\"2026-02-02T16:00:32Z\",20.0],"
                + "[\"2026-02-02T12:00:00Z\",null],"
                + "[\"2026-02-02T09:30:00Z\",null]]");
  }

  @Test
  void emptyIntervalsBelowTenMinutesAreNot() {
    assertThat(points(base + "sensor_id=55&rollup=9m&all_intervals=true" + DAY)).hasSize(3);
  }

  @Test
  void tooManyEmptyIntervalsAreRefused() {
    String query = base + "sensor_id=55&rollup=10m&all_intervals=true&from=1900-01-01";
    assertThat(get(query).send().statusCode()).isEqualTo(400);
  }

  @Test
  void localTimesHaveAnOffset() {
    JsonObject answer = get(base + "sensor_id=55&rollup=1d&localtimes=1" + DAY).object();
    assertThat(answer.getString("from")).isEqualTo("2026-02-02T00:00:00+00:00");
    assertThat(answer.getJsonArray("readings").getJsonArray(0).getString(0))
        .isEqualTo("2026-02-02T16:00:32+00:00");
  }

  @Test
  void localTimesAreThoseOfTheCallersZone() {
    patch("/v0/me").as(ada).send(new JsonObject().put("preferred_time_zone", "Europe/Madrid"));
    String query = base + "sensor_id=55&rollup=1d&localtimes=1" + DAY;
    assertThat(get(query).as(ada).object().getString("from"))
        .isEqualTo("2026-02-02T01:00:00+01:00");
    assertThat(get(query).as(bob).object().getString("from"))
        .isEqualTo("2026-02-02T00:00:00+00:00");
  }

  @Test
  void aKeyIsTheDevicesOwnFirstAndWinsOverAnId() {
    reading(ada, id, "2026-02-02T20:00:35Z", 12, 200); // its key is temp, as sensor 4's
    equation(12, "x/10");
    JsonObject answer = get(base + "sensor_key=temp&sensor_id=55&rollup=1h" + DAY).object();
    assertThat(answer.getInteger("sensor_id")).isEqualTo(12);
    assertThat(answer.getJsonArray("readings").getJsonArray(0).getDouble(1)).isEqualTo(20.0);
  }

  @Test
  void aSensorTheDeviceHasNotIsAnEmptyAnswer() {
    assertAnswer(
        get(base + "sensor_id=999&rollup=4h&from=2026-02-02").send(),
        200,
        "{\"device_id\":\""
            + id
            + "\",\"sensor_key\":null,\"sensor_id\":999,\"component_id\":null,"
            + "\"rollup\":\"4h\",\"function\":\"avg\",\"from\":\"2026-02-02\",\"to\":null,"
            + "\"sample_size\":0,\"readings\":[]}");
    assertThat(get(base + "sensor_key=temp&rollup=4h").object().getInteger("sensor_id"))
        .isEqualTo(4);
    assertThat(get(base + "sensor_key=nonsense&rollup=4h").object().getValue("sensor_id")).isNull();
  }

  @Test
  void whatIsNoTimeIsRefused() {
    assertAnswer(
        get(base + "sensor_id=55&rollup=4h&from=yesterday").send(),
        400,
        "{\"message\":\"The from parameter must be an ISO8601 format date or datetime or an"
            + " integer number of seconds since the start of the UNIX epoch.\",\"status\":400}");
    assertAnswer(
        get(base + "sensor_id=55&rollup=4h&from=2026-02-02&to=x").send(),
        400,
        "{\"message\":\"The to parameter must be an ISO8601 format date or datetime or an"
            + " integer number of seconds since the start of the UNIX epoch.\",\"status\":400}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rollup=4q", "rollup=4h&function=median", "rollup=4h&limit=0"})
  void otherNonsenseIsRefused(String nonsense) {
    assertThat(get(base + "sensor_id=55&" + nonsense).send().statusCode()).isEqualTo(400);
  }

  @Test
  void zeroSecondsCountAsOne() {
    JsonObject answer = get(base + "sensor_id=55&rollup=0s" + DAY).object();
    assertThat(answer.getString("rollup")).isEqualTo("0s");
    assertThat(answer.getJsonArray("readings")).hasSize(3);
  }

  @Test
  void aStartAfterTheEndGivesNothing() {
    assertThat(points(base + "sensor_id=55&rollup=1h&from=2026-02-04&to=2026-02-02")).isEmpty();
    assertThat(
            points(
                base + "sensor_id=55&rollup=1h&all_intervals=true&from=2026-02-04&to=2026-02-02"))
        .isEmpty();
  }

  @Test
  void readingsOfAPrivateDeviceAreForItsOwner() {
    patch("/v0/devices/" + id).as(ada).send(new JsonObject().put("is_private", true));
    String query = base + "sensor_id=55&rollup=1h" + DAY;
    assertAnswer(get(query).send(), 403, FORBIDDEN);
    assertAnswer(get(query).as(bob).send(), 403, FORBIDDEN);
    assertThat(get(query).as(ada).send().statusCode()).isEqualTo(200);
  }

  @Test
  void anUnknownDeviceIsNotFound() {
    assertAnswer(
        get("/v0/devices/100/readings?sensor_id=55&rollup=1h").send(),
        404,
        notFound("Device", "id", "100"));
  }

  @Test
  void aLongRangeIsRolledUpPieceByPieceToTheLastReading() {
    long start = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
    int minutes = 250_000;
    List<Reading> readings = new ArrayList<>(minutes);
    for (int i = 0; i < minutes; i++)
      readings.add(new Reading(new DeviceId(id), new SensorId(55), start + i * 60L, i));
    TestNode.await(node.readings.append(readings));
    String range = "&from=2020-01-01&to=2021-01-01";
    JsonObject years = get(base + "sensor_id=55&rollup=1y&function=last" + range).object();
    assertThat(years.getInteger("sample_size")).isEqualTo(minutes);
    assertThat(years.getJsonArray("readings").getJsonArray(0).getInteger(1)).isEqualTo(minutes - 1);
    JsonArray each = points(base + "sensor_id=55&rollup=1m" + range);
    assertThat(each).hasSize(minutes);
    assertThat(each.getJsonArray(minutes - 1).encode()).isEqualTo("[\"2020-01-01T00:00:00Z\",0.0]");
  }

  private int component() {
    return get("/v0/components?per_page=1").array().getJsonObject(0).getInteger("id");
  }

  private JsonArray points(String uri) {
    return get(uri).object().getJsonArray("readings");
  }
}
