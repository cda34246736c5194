package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.verticles.http.TestNode.Person;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever is sent, the answer says what is wrong with it: never 5xx, and never none. */
class NonsenseTest extends HttpTest {
  private static final List<String> WRITES =
      List.of(
          "POST /v0/users",
          "PATCH /v0/users/ada",
          "PATCH /v0/me",
          "PUT /v0/me",
          "POST /v0/me/forwarding_token",
          "POST /v0/sessions",
          "POST /v0/devices",
          "PATCH /v0/devices/1",
          "POST /v0/experiments",
          "POST /v0/tags",
          "POST /v0/sensors",
          "PATCH /v0/sensors/55",
          "POST /v0/measurements",
          "POST /v0/add",
          "DELETE /v0/devices/999",
          "POST /v0/devices/1/readings",
          "DELETE /v0/devices/1/readings",
          "POST /v0/devices/1/readings/upload",
          "POST /v0/forwarding_destinations",
          "POST /v0/onboarding/device",
          "PATCH /v0/onboarding/device",
          "POST /v0/onboarding/user",
          "POST /v0/onboarding/register",
          "POST /ops/v1/users",
          "POST /ops/v1/devices",
          "DELETE /ops/v1/sessions/1");

  private static final List<String> READS =
      List.of(
          "/v0/devices",
          "/v0/devices/1",
          "/v0/search",
          "/v0/experiments",
          "/v0/tags",
          "/v0/devices/1/readings",
          "/v0/devices/1/readings.csv",
          "/v0/devices/1/readings/csv_archive",
          "/v0/devices/1/exports",
          "/v0/devices/1/exports/x",
          "/v0/devices/1/uploads",
          "/v0/devices/1/ingest_errors",
          "/v0/devices/1/quarantine",
          "/v0/users/ada",
          "/v0/me",
          "/v0/sensors",
          "/v0/sensors/55",
          "/v0/measurements",
          "/v0/measurements/1",
          "/v0/forward",
          "/v0/forwarding_destinations",
          "/v0/onboarding/device",
          "/v0/map/points",
          "/ops/v1/sessions",
          "/ops/v1/sessions/slow",
          "/ops/v1/sessions/1",
          "/ops/v1/queues",
          "/ops/v1/backup",
          "/ops/v1/check",
          "/mqtt",
          "/health/ready",
          "/metrics");

  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("cut off", "{\"name\":"),
          Map.entry("no object", "[1,2"),
          Map.entry("a list", "[{\"name\":\"a\"}]"),
          Map.entry("a number", "7"),
          Map.entry("nothing", ""),
          Map.entry("null", "null"),
          Map.entry("deep lists", "{\"name\":" + "[".repeat(50_000)),
          Map.entry("deep objects", "{\"meta\":".repeat(900) + "1" + "}".repeat(900)),
          Map.entry("deeper objects", "{\"meta\":".repeat(5_000) + "1" + "}".repeat(5_000)),
          Map.entry("a long number", "{\"latitude\":" + "9".repeat(5_000) + "}"),
          Map.entry("an endless number", "{\"latitude\":1e999999999,\"elevation\":-1e300}"),
          Map.entry("values of other types", everyField("[{}]")),
          Map.entry("numbers for texts", everyField("-1")),
          Map.entry("NUL", everyField("\"a\\u0000b\"")),
          Map.entry("half a character", everyField("\"\\ud800\"")),
          Map.entry("no UTF-8", everyField("\"\u00ff\u00fe\"")),
          Map.entry("a long text", everyField("\"" + "x".repeat(20_000) + "\"")));

  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x",
          "multipart/form-data",
          "text/csv",
          "\u00ff;;;=");

  private static final List<String> QUERIES =
      List.of(
          "%zz",
          "a=%zz&access_token=%",
          "callback=%zz",
          "a=%00",
          "measure=%00&sensor_id=%00&rollup=1h",
          "page=99999999999999999999&per_page=-1",
          "page=2147483647&per_page=2147483647",
          "rollup=1h&sensor_id=-1",
          "rollup=1h&sensor_id=99999999999999999999",
          "rollup=999999999y&sensor_id=55&from=0001-01-01&to=99999999999",
          "rollup=1ms&sensor_id=55&from=0001-01-01&to=99999999999&all_intervals=true",
          "rollup=1h&sensor_id=55&relative=999999999y",
          "rollup=1h&sensor_id=55&from=99999999999&to=0",
          "rollup=1h&sensor_id=55&from=+292278994-08-17&to=%F0%9F%98%80",
          "from=%E0%A4%A&measure=%C0%AF",
          "measure=" + "x".repeat(5_000),
          "q%5B%5D=1&q%5B=2&near=,&near=1e999,1");

  private static final List<String> PATHS =
      List.of(
          "/v0/devices/-1",
          "/v0/devices/0",
          "/v0/devices/99999999999999999999",
          "/v0/devices/%zz",
          "/v0/users/%00",
          "/v0/users/a%2500",
          "/v0/users/%ff%fe",
          "/v0/users/%F0%9F%98%80",
          "/v0/users/..%2f..%2fetc",
          "/v0/devices/1/exports/..%2f..%2fmetadata.db",
          "/v0/sensors/-55",
          "/v0/sensors/2147483648",
          "/v0/measurements/%20",
          "/ops/v1/sessions/%00",
          "/ops/v1/sessions/%zz",
          "//",
          "/v0//devices",
          "/v0/../v0/devices",
          "/%",
          "/.json",
          "/v0/.json",
          "*",
          "/" + "a/".repeat(5_000));

  private final List<String> wrong = new ArrayList<>();

  @Test
  void bodies() throws IOException {
    device(ada, "Roof");
    for (String write : WRITES)
      for (Map.Entry<String, String> body : BODIES.entrySet())
        check(
            write + " with " + body.getKey(), request(write, admin, TYPES.get(0), body.getValue()));
    for (String write : WRITES)
      for (String type : TYPES)
        for (String body : List.of("cut off", "no UTF-8", "NUL"))
          check(write + " as " + type, request(write, ada, type, BODIES.get(body)));
    assertThat(wrong).isEmpty();
    assertThat(get("/v0/devices").as(admin).send().statusCode()).isEqualTo(200);
    assertThat(get("/v0/me").as(admin).send().statusCode()).isEqualTo(200);
  }

  @Test
  void queriesAndPaths() throws IOException {
    int id = device(ada, "Roof");
    reading(ada, id, "2026-02-03T10:00:00Z", 55, 20);
    for (String read : READS)
      for (String query : QUERIES)
        check(read + "?" + query, request("GET " + read + "?" + query, admin, "", ""));
    for (String path : PATHS)
      for (String method : List.of("GET", "HEAD", "OPTIONS", "PATCH", "DELETE"))
        check(method + " " + path, request(method + " " + path, admin, "", ""));
    assertThat(wrong).isEmpty();
  }

  @Test
  void methodsAndPeople() throws IOException {
    device(ada, "Roof");
    Person researcher = node.person("rosalind", 2);
    for (String read : READS)
      for (String method : List.of("GET", "HEAD", "OPTIONS", "TRACE", "FOO"))
        for (Person person : List.of(ada, researcher, admin))
          check(method + " " + read, request(method + " " + read, person, "", ""));
    for (String read : READS)
      if (read.startsWith("/ops/"))
        for (Person person : List.of(ada, researcher))
          assertThat(answer(request("GET " + read, person, "", ""))).startsWith("HTTP/1.1 403");
    for (String authorization :
        List.of(
            "Basic", "Basic %%%", "Basic YQ==", "Basic AAA6AAA=", "Bearer", "Bearer \u0001", "x"))
      check(authorization, "GET /v0/me HTTP/1.1\r\nAuthorization: " + authorization + "\r\n" + END);
    assertThat(wrong).isEmpty();
  }

  private static final String END = "Host: a\r\nConnection: close\r\n\r\n";

  private static String everyField(String value) {
    StringBuilder all = new StringBuilder("{\"data\":" + value);
    for (String field :
        List.of(
            "name",
            "description",
            "username",
            "email",
            "password",
            "city",
            "country_code",
            "url",
            "role_mask",
            "latitude",
            "longitude",
            "elevation",
            "exposure",
            "meta",
            "user_tags",
            "device_token",
            "mac_address",
            "is_private",
            "count",
            "owner",
            "from",
            "to",
            "sensor_id",
            "sensor_key",
            "forwarding_destination_id",
            "postprocessing_attributes",
            "device_ids",
            "starts_at",
            "is_test",
            "tags",
            "equation",
            "default_key",
            "measurement_id",
            "q",
            "access_token")) all.append(",\"").append(field).append("\":").append(value);
    return all.append('}').toString();
  }

  private static String request(String line, Person person, String type, String body) {
    return line
        + " HTTP/1.1\r\n"
        + "Authorization: Bearer "
        + person.token()
        + "\r\n"
        + (type.isEmpty()
            ? ""
            : "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n")
        + END
        + body;
  }

  private void check(String what, String request) throws IOException {
    String answer = answer(request);
    if (!answer.matches("(?s)HTTP/1\\.1 [234].*"))
      wrong.add(
          what.substring(0, Math.min(120, what.length())) + " -> " + answer.lines().findFirst());
    if (answer.contains("Exception")) wrong.add(what + " tells of what went on inside");
  }

  private String answer(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", node.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketTimeoutException never) {
      return "no answer";
    }
  }
}
