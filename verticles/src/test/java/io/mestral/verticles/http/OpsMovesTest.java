package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.verticles.http.ops.Moves;
import io.mestral.verticles.http.ops.Upkeep;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Moves that administrators begin. */
class OpsMovesTest extends HttpTest {
  private static final String URL = "cassandra://mestral:s3cret@10.0.0.1/mestral?dc=dc1";
  private static final String DONE =
      "{\"state\":\"done\",\"what\":\"readings\",\"from\":\"embedded\","
          + "\"to\":\"cassandra://10.0.0.1:9042/mestral\",\"phase\":\"copying\","
          + "\"began_at\":\"2026-02-03T10:06:00Z\",\"seconds\":1.5,\"devices\":3,"
          + "\"devices_in_all\":5,\"days_compared\":70,\"readings\":77,"
          + "\"digest\":\"00000000000000ff\",\"copied\":70,\"removed\":2,"
          + "\"hours_left_behind\":0}";

  @Test
  void aMoveIsToldWithoutThePasswordOfItsServer() {
    assertThat(get("/ops/v1/move").as(admin).send().statusCode()).isEqualTo(404);
    assertAnswer(move("readings", URL), 201, DONE);
    assertThat(node.moves.wish).contains(new Moves.Wish("readings", URL, false));
    assertAnswer(get("/ops/v1/move").as(admin).send(), 200, DONE);
  }

  @Test
  void aMoveOfMetadataNamesItsTables() {
    JsonObject report = move("metadata", "embedded").bodyAsJsonObject();
    assertThat(report.getInteger("rows")).isEqualTo(77);
    assertThat(report.getJsonArray("tables").encode())
        .isEqualTo("[{\"name\":\"users\",\"rows\":77,\"digest\":\"00000000000000ff\"}]");
  }

  @Test
  void aLongMoveIsFollowedAndStopped() {
    node.moves.outcome = Moves.State.RUNNING;
    HttpResponse<Buffer> begun = move("readings", URL);
    assertThat(begun.statusCode()).isEqualTo(202);
    assertThat(begun.bodyAsJsonObject().getString("waiting_for")).isEqualTo("the cluster is away");
    assertThat(delete("/ops/v1/move").as(admin).send().statusCode()).isEqualTo(200);
    assertThat(node.moves.stopped).isTrue();
  }

  @Test
  void oneThatBrokeOffSaysWhy() {
    node.moves.outcome = Moves.State.FAILED;
    JsonObject failed = move("readings", URL).bodyAsJsonObject();
    assertThat(failed.getString("state")).isEqualTo("failed");
    assertThat(failed.getString("error")).isEqualTo("broken");
  }

  @Test
  void whatCannotBeDoneIsRefused() {
    assertThat(move("", URL).statusCode()).isEqualTo(422);
    assertThat(move("readings", "").statusCode()).isEqualTo(422);
    node.moves.refusal = Optional.of(new Moves.Unusable("to", "is where the readings are"));
    HttpResponse<Buffer> refused = move("readings", "embedded");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.bodyAsJsonObject().getJsonObject("errors").getJsonArray("to").getString(0))
        .isEqualTo("is where the readings are");
    node.moves.refusal = Optional.of(new Upkeep.Busy("a move is under way"));
    assertThat(move("readings", URL).statusCode()).isEqualTo(409);
  }

  @Test
  void onlyAdministratorsMay() {
    assertThat(post("/ops/v1/move").as(ada).send().statusCode()).isEqualTo(403);
    assertThat(get("/ops/v1/move").as(ada).send().statusCode()).isEqualTo(403);
    assertThat(delete("/ops/v1/move").as(ada).send().statusCode()).isEqualTo(403);
    assertThat(post("/ops/v1/move").send().statusCode()).isEqualTo(401);
    assertThat(node.moves.stopped).isFalse();
  }

  private HttpResponse<Buffer> move(String what, String to) {
    return post("/ops/v1/move").as(admin).send(new JsonObject().put("what", what).put("to", to));
  }
}
