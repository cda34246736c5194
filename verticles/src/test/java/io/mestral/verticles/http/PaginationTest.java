package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.CatalogueSeed;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spec 2.4, as far as it is offered. */
class PaginationTest extends HttpTest {
  private static final int SENSORS = CatalogueSeed.shipped().sensors().size();
  private static final int THIRD = (SENSORS + 2) / 3;
  private static final int HALF = (SENSORS + 1) / 2;

  @Test
  void onePageHasNoLinks() {
    HttpResponse<Buffer> answer = get("/v0/measurements").send();
    assertThat(answer.getHeader("Total"))
        .isEqualTo("" + CatalogueSeed.shipped().measurements().size());
    assertThat(answer.getHeader("Per-Page")).isEqualTo("25");
    assertThat(answer.getHeader("Link")).isNull();
  }

  @Test
  void theFirstPageLeadsOn() {
    HttpResponse<Buffer> answer = get("/v0/sensors?per_page=" + THIRD).send();
    assertThat(answer.bodyAsJsonArray()).hasSize(THIRD);
    assertThat(answer.getHeader("Per-Page")).isEqualTo("" + THIRD);
    assertThat(answer.getHeader("Link"))
        .isEqualTo(
            link("/v0/sensors?page=3&per_page=" + THIRD, "last")
                + ", "
                + link("/v0/sensors?page=2&per_page=" + THIRD, "next"));
  }

  @Test
  void aPageInTheMiddleLeadsBothWays() {
    assertThat(get("/v0/sensors?page=2&per_page=" + THIRD).send().getHeader("Link"))
        .isEqualTo(
            link("/v0/sensors?page=1&per_page=" + THIRD, "first")
                + ", "
                + link("/v0/sensors?page=1&per_page=" + THIRD, "prev")
                + ", "
                + link("/v0/sensors?page=3&per_page=" + THIRD, "last")
                + ", "
                + link("/v0/sensors?page=3&per_page=" + THIRD, "next"));
  }

  @Test
  void theLastPageLeadsBack() {
    assertThat(get("/v0/sensors?page=3&per_page=" + THIRD).send().getHeader("Link"))
        .isEqualTo(
            link("/v0/sensors?page=1&per_page=" + THIRD, "first")
                + ", "
                + link("/v0/sensors?page=2&per_page=" + THIRD, "prev"));
  }

  @Test
  void pastTheEndTheLastPageIsTheOneBefore() {
    assertThat(get("/v0/sensors?page=9&per_page=" + THIRD).send().getHeader("Link"))
        .isEqualTo(
            link("/v0/sensors?page=1&per_page=" + THIRD, "first")
                + ", "
                + link("/v0/sensors?page=3&per_page=" + THIRD, "prev"));
    assertThat(get("/v0/measurements?page=9").send().getHeader("Link")).isNull();
    assertThat(get("/v0/sensors?page=3000000000").send().bodyAsJsonArray()).isEmpty();
    assertThat(get("/v0/sensors?per_page=99999999999999999999").send().bodyAsJsonArray())
        .isEqualTo(get("/v0/sensors?per_page=1000").send().bodyAsJsonArray());
  }

  @Test
  void otherParametersAreKeptSortedAndEncodedSoThatNoCommaStandsInALink() {
    String link = get("/sensors/?z=a,b&per_page=" + HALF + "&a=%C3%A9+x").send().getHeader("Link");
    assertThat(link)
        .isEqualTo(
            link("/sensors/?a=%C3%A9%20x&page=2&per_page=" + HALF + "&z=a%2Cb", "last")
                + ", "
                + link("/sensors/?a=%C3%A9%20x&page=2&per_page=" + HALF + "&z=a%2Cb", "next"));
  }

  @Test
  void pastTheEndThereIsNothing() {
    HttpResponse<Buffer> answer = get("/v0/sensors?page=99").send();
    assertAnswer(answer, 200, "[]");
    assertThat(answer.getHeader("Total")).isEqualTo("" + SENSORS);
    assertAnswer(get("/v0/sensors?page=2147483647&per_page=1000").send(), 200, "[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"page=0", "page=-3", "page=x", "per_page=0", "per_page=no"})
  void nonsenseCountsAsNotGiven(String query) {
    HttpResponse<Buffer> answer = get("/v0/sensors?" + query).send();
    assertThat(answer.bodyAsJsonArray()).hasSize(25).isEqualTo(get("/v0/sensors").array());
    assertThat(answer.getHeader("Per-Page")).isEqualTo("25");
  }

  @Test
  void aPageHasAThousandAtMost() {
    assertThat(get("/v0/devices?per_page=5000").send().getHeader("Per-Page")).isEqualTo("1000");
  }

  @Test
  void devicesAreListedByIdInPages() {
    for (int i = 1; i <= 3; i++) device(ada, "Device " + i);
    HttpResponse<Buffer> answer = get("/v0/devices?per_page=2&page=2").send();
    assertThat(answer.bodyAsJsonArray().getJsonObject(0).getString("name")).isEqualTo("Device 3");
    assertThat(answer.getHeader("Total")).isEqualTo("3");
  }

  @Test
  void aSearchThatIsNotOfferedIsRefusedNotIgnored() {
    assertAnswer(
        get("/v0/devices?q%5Bmac_address_eq%5D=ab").send(),
        400,
        "{\"message\":\"Invalid search term mac_address_eq\",\"status\":400}");
    assertThat(get("/v0/measurements?q%5Bname_eq%5D=x").send().statusCode()).isEqualTo(400);
    assertThat(get("/v0/devices?q%5Bname_eq%5D=").send().statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Barcelona", "41.39", "41,2,3", "91,2", "41,181", "1e3,4", "4.,2"})
  void aPlaceIsTwoNumbersOnTheGlobe(String near) {
    assertAnswer(
        get("/v0/devices?near=" + near).send(),
        400,
        "{\"id\":\"bad_request\",\"message\":\"Malformed near parameter\","
            + "\"url\":\"https://developer.smartcitizen.me/#get-all-devices\","
            + "\"errors\":null}");
    assertThat(get("/v0/devices?near=41,2&within=far").send().statusCode()).isEqualTo(400);
  }

  private String link(String uri, String relation) {
    return "<" + node.url() + uri + ">; rel=\"" + relation + "\"";
  }
}
