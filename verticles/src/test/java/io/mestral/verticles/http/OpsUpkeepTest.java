package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.verticles.http.ops.Upkeep.State;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Backups and checks that administrators begin. */
class OpsUpkeepTest extends HttpTest {
  @Test
  void aBackupIsAnsweredWhenItIsDone() {
    String report =
        "{\"state\":\"done\",\"began_at\":\"2026-02-03T10:06:00Z\",\"seconds\":1.5,\"files\":3,"
            + "\"bytes\":4096,\"readings\":77,\"dir\":\"/backups/one\",\"verified\":true,"
            + "\"problems\":[],\"elsewhere\":[]}";
    assertThat(get("/ops/v1/backup").as(admin).send().statusCode()).isEqualTo(404);
    assertAnswer(backup("/backups/./one"), 201, report);
    assertThat(node.upkeep.backup.get().folder()).contains(Path.of("/backups/one"));
    assertAnswer(get("/ops/v1/backup").as(admin).send(), 200, report);
  }

  @Test
  void aFolderThatCannotBeUsedIsTheAskersFault() {
    assertThat(backup("").statusCode()).isEqualTo(422);
    assertThat(backup("here").bodyAsString()).contains("must be an absolute path");
    node.upkeep.outcome = State.REFUSED;
    node.upkeep.failure = Optional.of("/full is not empty");
    HttpResponse<Buffer> refused = backup("/full");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.bodyAsJsonObject().getJsonObject("errors").getJsonArray("dir").getString(0))
        .isEqualTo("/full is not empty");
  }

  @Test
  void oneThatBreaksOffSaysWhy() {
    node.upkeep.outcome = State.FAILED;
    node.upkeep.failure = Optional.of("No space left on device");
    HttpResponse<Buffer> failed = backup("/small");
    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(failed.bodyAsString()).contains("No space left on device");
  }

  @Test
  void thereIsOneAtATime() {
    node.upkeep.busy = true;
    assertThat(backup("/other").statusCode()).isEqualTo(409);
  }

  @Test
  void aCheckTellsDamage() {
    node.upkeep.findings = InMemoryUpkeep.damage("readings/x: broken");
    assertAnswer(
        post("/ops/v1/check").as(admin).send(),
        201,
        "{\"state\":\"done\",\"began_at\":\"2026-02-03T10:06:00Z\",\"seconds\":1.5,\"files\":3,"
            + "\"bytes\":4096,\"readings\":77,\"ok\":false,\"problems\":[\"readings/x: broken\"],"
            + "\"set_aside\":[\"damaged/x\"],\"elsewhere\":[]}");
    assertThat(get("/ops/v1/check").as(admin).object().getBoolean("ok")).isFalse();
  }

  @Test
  void onlyAdministratorsMay() {
    for (String path : new String[] {"/ops/v1/backup", "/ops/v1/check"}) {
      assertThat(post(path).as(ada).send().statusCode()).isEqualTo(403);
      assertThat(get(path).as(ada).send().statusCode()).isEqualTo(403);
      assertThat(post(path).send().statusCode()).isEqualTo(401);
    }
    assertThat(node.upkeep.backup).isEmpty();
  }

  private HttpResponse<Buffer> backup(String folder) {
    return post("/ops/v1/backup").as(admin).send(new JsonObject().put("dir", folder));
  }
}
