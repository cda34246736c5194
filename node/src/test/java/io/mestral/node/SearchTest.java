package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searching the lists of a whole node, as clients write it. */
class SearchTest {
  @TempDir static Path folder;
  private static NodeProcess node;
  private static HttpProbe admin;
  private static HttpProbe anybody;

  @BeforeAll
  static void someDevices() throws Exception {
    node = NodeProcess.start(folder, "limits.http-per-minute=0");
    admin = node.http(folder);
    anybody = admin.as("");
    HttpProbe ada = signedUp("ada");
    HttpProbe bob = signedUp("Bob");
    add(ada, "Plaça del Sol", ",\"latitude\":41.402,\"longitude\":2.156,\"description\":\"roof\"");
    add(ada, "Cañón", ",\"latitude\":41.98,\"longitude\":2.82,\"is_private\":true");
    add(bob, "Roof of Bob", ",\"latitude\":-16.8,\"longitude\":179.9,\"device_token\":\"bob123\"");
    add(bob, "yard", "");
    admin.post("/v0/tags", "{\"name\":\"Nice\"}");
    admin.post("/v0/tags", "{\"name\":\"Noisy\"}");
    tag(ada, 1, "Nice,Noisy");
    tag(bob, 4, "Nice");
    reading(ada, 1, "2026-02-03T10:00:00Z", 55);
    reading(bob, 3, "2026-02-03T11:00:00Z", 58);
  }

  @AfterAll
  static void theNodeStops() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "q[name_cont]=PLAÇA | Plaça del Sol",
        "q[name_eq]=plaça del sol | ''",
        "q[name_or_description_cont]=ROOF | Plaça del Sol,Roof of Bob",
        "q[name_cont_any][]=yard&q[name_cont_any][]=bob | Roof of Bob,yard",
        "q[id_in][]=1&q[id_in][]=4 | Plaça del Sol,yard",
        "q[id_in]=4 | yard",
        "q[id_gt]=1&q[name_cont]=r | Roof of Bob,yard",
        "q[owner_username_eq]=Bob | Roof of Bob,yard",
        "q[owner_id_eq]=2 | Plaça del Sol",
        "q[owner_username_eq]=Bob&q[s]=id desc | yard,Roof of Bob",
        "q[sort]=name desc | yard,Roof of Bob,Plaça del Sol",
        "q[s][]=owner_username desc&q[s][]=id desc | yard,Roof of Bob,Plaça del Sol",
        "q[s]=last_reading_at desc | Roof of Bob,Plaça del Sol,yard",
        "q[state_eq]=has_published | Plaça del Sol,Roof of Bob",
        "q[state_eq]=never_published | ''",
        "q[last_reading_at_gteq]=2026-02-03T11:00:00Z | Roof of Bob",
        "q[last_reading_at_null]=1 | yard",
        "q[sensors_id_eq]=55 | Plaça del Sol",
        "q[components_id_null]=1 | yard",
        "q[description_blank]=true | Roof of Bob,yard",
        "q[name_eq]= | Plaça del Sol,Roof of Bob,yard",
        "with_tags=Nice | Plaça del Sol,yard",
        "with_tags=Other|Noisy | Plaça del Sol",
        "with_tags=nice | ''",
        "q[tags_name_in]=Nice&q[name_start]=y | yard",
        "q[tags_id_null]=1 | Roof of Bob",
        "q[postprocessing_id_not_null]=1 | ''",
        "near=41.4,2.1 | Plaça del Sol",
        "near=-16.8, -179.9&within=100 | Roof of Bob",
        "near=-16.8, -179.9&within=20100&q[s]=id | Roof of Bob,Plaça del Sol",
      })
  void devicesAreFound(String query, String names) {
    assertThat(String.join(",", names("/v0/devices/?" + encoded(query)))).isEqualTo(names);
    assertThat(names("/v1/devices?" + encoded(query)))
        .isEqualTo(names("/devices?" + encoded(query)));
  }

  @Test
  void aLinkLeadsToTheNextPageOfTheSameSearch() {
    HttpResponse<String> first =
        anybody.send("GET", "/v0/devices?" + encoded("q[name_cont]=r&per_page=1"), "");
    assertThat(first.headers().firstValue("Total")).contains("2");
    String link = first.headers().firstValue("Link").orElseThrow();
    assertThat(link).contains("?page=2&per_page=1&q%5Bname_cont%5D=r>; rel=\"next\"");
  }

  @Test
  void privateDevicesAreFoundByTheirOwnersAndAdministratorsOnly() {
    String search = "/v0/devices?" + encoded("q[name_cont]=cañ");
    assertThat(anybody.get(search)).isEmpty();
    assertThat(admin.get(search)).hasSize(1);
    String owners = "/v0/users?" + encoded("q[devices_name_cont]=cañ");
    assertThat(anybody.get(owners)).isEmpty();
    assertThat(admin.get(owners)).hasSize(1);
  }

  @Test
  void administratorsSearchByMore() {
    String token = "/v0/devices?" + encoded("q[device_token_eq]=bob123");
    assertThat(admin.get(token)).hasSize(1);
    assertThat(admin.get("/v0/devices?" + encoded("q[is_private_true]=1"))).hasSize(1);
    HttpResponse<String> refused = anybody.send("GET", token, "");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .isEqualTo("{\"message\":\"Invalid search term device_token_eq\",\"status\":400}");
  }

  @Test
  void administratorsSearchByEveryColumnAndNobodyElseDoes() {
    for (String term :
        List.of(
            "mac_address_null=1",
            "old_mac_address_null=1",
            "device_token_not_eq=none00",
            "latitude_gt=-91",
            "longitude_null=0",
            "elevation_null=1",
            "exposure_null=1",
            "hardware_info_null=1",
            "hardware_name_override_null=1",
            "hardware_version_override_null=1",
            "hardware_type_override_null=1",
            "hardware_slug_override_null=1",
            "is_private_false=1",
            "is_test_false=1",
            "precise_location_true=1",
            "enable_forwarding_false=1",
            "notify_low_battery_false=1",
            "notify_stopped_publishing_false=1",
            "meta_null=1",
            "owner_id_gt=0",
            "city_null=1",
            "country_code_null=1",
            "workflow_state_eq=active",
            "archived_at_null=1",
            "csv_export_requested_at_null=1",
            "notify_low_battery_timestamp_null=1",
            "notify_stopped_publishing_timestamp_null=1",
            "forwarding_destination_id_null=1")) {
      String[] parts = term.split("=");
      String search = "/v0/devices?" + encoded("q[" + parts[0] + "]=" + parts[1]);
      assertThat(admin.send("GET", search, "").statusCode()).as(term).isEqualTo(200);
      int others = term.startsWith("owner_id") ? 200 : 400; // an owner's id is for everybody
      assertThat(anybody.send("GET", search, "").statusCode()).as(term).isEqualTo(others);
      String owned = "/v0/users?" + encoded("q[devices_" + parts[0] + "]=" + parts[1]);
      assertThat(admin.send("GET", owned, "").statusCode()).as(owned).isEqualTo(200);
      assertThat(anybody.send("GET", owned, "").statusCode()).as(owned).isEqualTo(400);
    }
    for (String readings : List.of("data", "old_data", "latest_data"))
      assertThat(
              admin
                  .send("GET", "/v0/devices?" + encoded("q[" + readings + "_null]=1"), "")
                  .statusCode())
          .isEqualTo(400);
  }

  @Test
  void usersAndSensorsAreFound() {
    assertThat(anybody.get("/v0/users?" + encoded("q[username_i_cont]=BO")))
        .extracting(user -> user.get("username").asText())
        .containsExactly("Bob");
    assertThat(anybody.get("/v0/users?" + encoded("q[devices_sensors_id_eq]=58")).get(0).get("id"))
        .isEqualTo(anybody.get("/v0/users/Bob").get("id"));
    JsonNode sensors =
        anybody.get("/v0/sensors?" + encoded("q[name_cont]=sht31&q[s]=id desc&per_page=100"));
    assertThat(sensors.get(0).get("id").asInt()).isGreaterThan(sensors.get(1).get("id").asInt());
    assertThat(sensors).allMatch(each -> each.get("name").asText().contains("SHT31"));
  }

  private static HttpProbe signedUp(String name) {
    admin
        .as("")
        .post(
            "/v0/users",
            "{\"username\":\"%1$s\",\"email\":\"%1$s@example.org\",\"password\":\"secret\"}"
                .formatted(name));
    JsonNode session =
        admin
            .as("")
            .post("/v0/sessions", "{\"username\":\"" + name + "\",\"password\":\"secret\"}");
    return admin.as(session.get("access_token").asText());
  }

  private static void add(HttpProbe owner, String name, String more) {
    owner.post("/v0/devices", "{\"name\":\"" + name + "\"" + more + "}");
  }

  private static void tag(HttpProbe owner, int device, String tags) {
    String change = "{\"user_tags\":\"" + tags + "\"}";
    assertThat(owner.send("PATCH", "/v0/devices/" + device, change).statusCode()).isEqualTo(200);
  }

  private static void reading(HttpProbe owner, int device, String time, int sensor) {
    String entry =
        "{\"data\":[{\"recorded_at\":\"%s\",\"sensors\":[{\"id\":%d,\"value\":1}]}]}"
            .formatted(time, sensor);
    owner.post("/v0/devices/" + device + "/readings", entry);
  }

  private static List<String> names(String uri) {
    List<String> names = new ArrayList<>();
    anybody.get(uri).forEach(device -> names.add(device.get("name").asText()));
    return names;
  }

  /** As clients do it: names and values, not what stands between them. */
  private static String encoded(String query) {
    List<String> parts = new ArrayList<>();
    for (String part : query.strip().split("&")) {
      String[] sides = part.split("=", 2);
      parts.add(encode(sides[0]) + "=" + encode(sides[1]));
    }
    return String.join("&", parts);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
