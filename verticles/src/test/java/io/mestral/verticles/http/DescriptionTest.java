package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;

/** What the node says of its own API. */
class DescriptionTest extends HttpTest {
  @Test
  void everybodyMayReadTheContract() {
    HttpResponse<Buffer> answer = get("/openapi.json").send();

    JsonObject document = answer.bodyAsJsonObject();
    assertThat(document.getString("openapi")).isEqualTo("3.1.0");
    assertThat(document.getJsonArray("servers").getJsonObject(0).getString("url")).isEqualTo("/");
    assertThat(document.getJsonObject("paths").fieldNames()).contains("/v0/devices/{id}/readings");
  }

  @Test
  void whoHasTheContractIsNotSentItAgain() {
    String tag = get("/openapi.json").send().getHeader("ETag");

    HttpResponse<Buffer> again = get("/openapi.json").with("If-None-Match", tag).send();

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isNull();
  }
}
