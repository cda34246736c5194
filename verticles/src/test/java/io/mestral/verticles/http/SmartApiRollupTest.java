package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mestral.smartapi.list.NudeList;
import io.mestral.smartapi.list.RdfList;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.vocabulary.Types;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sx:rollup} beside what HTTP answers; Smart API, section 8.4. */
class SmartApiRollupTest extends HttpTest {
  private static final String SPAN = "&from=2026-01-01&to=2026-02-03T10:00:00Z";

  private int id;
  private String iri;

  @BeforeEach
  void publish() {
    id = device(ada, "Roof");
    iri = iriOf(id);
    reading(ada, id, "2026-01-04T16:00:32Z", 55, 19);
    reading(ada, id, "2026-01-05T01:10:00Z", 55, 17.5);
    reading(ada, id, "2026-01-05T01:20:00Z", 55, 16);
    reading(ada, id, "2026-02-02T16:00:32Z", 55, 19);
    reading(ada, id, "2026-02-02T16:05:00Z", 55, 21.25);
    reading(ada, id, "2026-02-02T20:00:35Z", 55, 18.7094);
    reading(ada, id, "2026-02-03T10:00:00Z", 55, 25);
  }

  private String iriOf(int device) {
    return "http://example.org/id/devices/"
        + get("/v0/devices/" + device).as(ada).object().getString("uuid");
  }

  private Message call(TestNode.Person who, Map<String, String> inputs) {
    String sender =
        who == null
            ? "https://client.example/id/app"
            : "http://example.org/id/users/" + who.user().uuid();
    String parameters =
        inputs.entrySet().stream()
            .map(
                one ->
                    "[ a smartapi:Parameter ; smartapi:key \"%s\" ; rdf:value %s ]"
                        .formatted(one.getKey(), one.getValue()))
            .collect(Collectors.joining(" , "));
    String request =
        """
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
        @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
        @prefix unit: <http://data.nasa.gov/qudt/owl/unit#> .
        <urn:uuid:%s> a smartapi:Request ; smartapi:generatedBy <%s> ;
          smartapi:generatedAt "2026-02-03T10:06:00Z"^^xsd:dateTime ;
          smartapi:activity sx:rollup .
        sx:rollup a smartapi:Activity ; smartapi:hasInput [ a smartapi:Input ;
          smartapi:parameter %s ] .
        """
            .formatted(UUID.randomUUID(), sender, parameters);
    TestNode.Call call = post("/smartapi/v1.0e1.0/access/").with("Content-Type", "text/turtle");
    HttpResponse<Buffer> answer = (who == null ? call : call.as(who)).send(Buffer.buffer(request));
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return new MessageReader().read(answer.body().getBytes(), Syntax.TURTLE).message();
  }

  private Map<String, String> inputs(String function, String bucket) {
    Map<String, String> inputs = new TreeMap<>();
    inputs.put("entity", "<" + iri + ">");
    inputs.put("property", "<" + iri + "#55>");
    inputs.put("function", "\"" + function + "\"");
    inputs.put("bucket", "\"" + bucket + "\"^^xsd:duration");
    inputs.put("start", "\"2026-01-01T00:00:00Z\"^^xsd:dateTime");
    inputs.put("end", "\"2026-02-03T10:00:00Z\"^^xsd:dateTime");
    return inputs;
  }

  private static TimeSeries series(Message answer) {
    assertThat(answer.errors()).extracting(ErrorReport::message).isEmpty();
    Output output = answer.activities().get(0).outputs().get(0);
    return TimeSeries.at(output.graph(), output.named().value("series").orElseThrow().asNode());
  }

  private static SortedMap<Instant, Double> points(Message answer) {
    TimeSeries series = series(answer);
    NudeList list =
        (NudeList) RdfList.read(series.graph(), series.items().orElseThrow()).orElseThrow();
    SortedMap<Instant, Double> points = new TreeMap<>();
    if (series.timeStep().isPresent()) {
      Instant start = series.temporalContext().orElseThrow().start().orElseThrow();
      Duration step = series.timeStep().get();
      double[] values = list.toDoubles();
      for (int at = 0; at < values.length; at++)
        if (Double.isFinite(values[at])) points.put(start.plus(step.multipliedBy(at)), values[at]);
    } else {
      double[] values = list.column("value").toDoubles();
      for (int at = 0; at < values.length; at++)
        points.put(
            Instant.parse(list.column("instant").strings().get(at).orElseThrow()), values[at]);
    }
    return points;
  }

  private SortedMap<Instant, Double> overHttp(String function, String rollup) {
    JsonArray readings =
        get("/v0/devices/"
                + id
                + "/readings?sensor_id=55&rollup="
                + rollup
                + "&function="
                + function
                + SPAN)
            .object()
            .getJsonArray("readings");
    SortedMap<Instant, Double> points = new TreeMap<>();
    for (Object one : readings) {
      JsonArray pair = (JsonArray) one;
      points.put(Instant.parse(pair.getString(0)), pair.getDouble(1));
    }
    return points;
  }

  @Test
  void itIsWhatHttpAnswers() {
    for (String asked :
        List.of(
            "avg PT1H 1h",
            "min P1D 1d",
            "max P1M 1M",
            "sum P1Y 1y",
            "count PT15M 15m",
            "dev P1D 1d",
            "first P2M 2M",
            "last P1D 1d",
            "avg PT0.5S 500ms",
            "avg PT36H 36h")) {
      String[] parts = asked.split(" ");
      SortedMap<Instant, Double> expected = overHttp(parts[0], parts[2]);
      assertThat(expected).as(asked).isNotEmpty();
      assertThat(points(call(bob, inputs(parts[0], parts[1])))).as(asked).isEqualTo(expected);
    }
  }

  @Test
  void weeksBeginOnMondays() {
    Map<String, String> weekly = inputs("count", "P7D");
    weekly.put("bucket", "\"P1W\"");
    assertThat(points(call(bob, weekly))).isEqualTo(overHttp("count", "1w"));
    assertThat(overHttp("count", "1w")).isNotEqualTo(overHttp("count", "7d"));
  }

  @Test
  void valuesComeInTheAskedUnitAndByTheNameOfTheProperty() {
    Map<String, String> inputs = inputs("max", "P1M");
    inputs.put("property", "\"airTemperature\"");
    inputs.put("unit", "unit:DegreeFahrenheit");
    Message answer = call(null, inputs);
    assertThat(points(answer).values()).containsExactly(66.2, 77.0);
    assertThat(series(answer).unit())
        .hasValueSatisfying(unit -> assertThat(unit.value()).contains("Fahrenheit"));
    inputs.put("function", "\"dev\"");
    double deviation = overHttp("dev", "1M").values().iterator().next();
    assertThat(points(call(null, inputs)).values().iterator().next())
        .isCloseTo(deviation * 1.8, within(1e-9));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    refused("entity", "<https://fleet.example/id/kit>", Types.NOT_FOUND_ERROR);
    refused("property", "\"noise\"", Types.NOT_FOUND_ERROR);
    refused("function", "\"median\"", Types.INVALID_PARAMS);
    for (String bucket : List.of("1h", "PT0S", "P99999999999D", "P1Y2M"))
      refused("bucket", '"' + bucket + '"', Types.INVALID_PARAMS);
    refused("start", "\"2026-03-01T00:00:00Z\"^^xsd:dateTime", Types.INVALID_PARAMS);
    refused("unit", "unit:Meter", Types.UNIT_ERROR);
    refused("from", "1", Types.INVALID_PARAMS);
  }

  private void refused(String name, String value, Iri error) {
    Map<String, String> inputs = inputs("avg", "PT1H");
    inputs.put(name, value);
    assertThat(call(bob, inputs).errors()).as(name).singleElement().matches(one -> one.isA(error));
  }

  @Test
  void sumsAreNotMovedToAnotherZeroAndCountsHaveNoUnit() {
    Map<String, String> inputs = inputs("sum", "P1D");
    inputs.put("unit", "unit:DegreeFahrenheit");
    assertThat(call(bob, inputs).errors())
        .singleElement()
        .matches(one -> one.isA(Types.UNIT_ERROR));
    inputs.put("function", "\"count\"");
    assertThat(call(bob, inputs).errors())
        .singleElement()
        .matches(one -> one.isA(Types.UNIT_ERROR));
  }

  @Test
  void privateDevicesAreForTheirOwners() {
    id = device(ada, new JsonObject().put("name", "Bedroom").put("is_private", true));
    iri = iriOf(id);
    reading(ada, id, "2026-02-02T16:00:32Z", 55, 19);
    assertThat(call(bob, inputs("avg", "P1D")).errors())
        .singleElement()
        .matches(one -> one.isA(Types.NOT_AUTHORIZED_ERROR));
    assertThat(points(call(ada, inputs("avg", "P1D")))).hasSize(1);
    assertThat(points(call(admin, inputs("avg", "P1D")))).hasSize(1);
  }
}
