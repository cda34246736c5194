package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Spec 2.16, {@code GET /v0/metrics}. */
class PlatformFiguresTest extends HttpTest {
  @Test
  void devicesAreCountedBySortAndByWhenTheyWereHeardOf() {
    int now = device(ada, "a");
    int hour = device(ada, new JsonObject().put("name", "b").put("is_private", true));
    int month = device(admin, new JsonObject().put("name", "c").put("is_test", true));
    int year = device(bob, "d");
    int longAgo = device(bob, "e");
    device(bob, "never");
    reading(ada, now, "2026-02-03T10:00:00Z", 55, 1);
    reading(ada, hour, "2026-02-03T09:30:00Z", 55, 1);
    reading(admin, month, "2026-02-01T00:00:00Z", 55, 1);
    reading(bob, year, "2026-01-01T00:00:00Z", 55, 1);
    reading(bob, longAgo, "2025-12-31T23:59:59Z", 55, 1);
    String figures =
        "{\"devices\":{\"total\":6,\"private\":1,\"test\":1,\"online\":{\"now\":1,"
            + "\"last_hour\":2,\"today\":2,\"this_month\":3,\"this_year\":4,\"all_time\":5},"
            + "\"readings\":{\"good\":{},\"bad\":{},\"total\":null}},"
            + "\"users\":{\"total\":3,\"online\":{\"now\":null}}}";
    assertAnswer(get("/v0/metrics").send(), 200, figures);
  }

  @Test
  void theyAreCountedAnewAfterAMinute() {
    assertThat(total()).isZero();
    device(ada, "a");
    assertThat(total()).isZero();
    node.clock.forward(Duration.ofSeconds(61));
    assertThat(total()).isEqualTo(1);
  }

  private int total() {
    return get("/v0/metrics").object().getJsonObject("devices").getInteger("total");
  }
}
