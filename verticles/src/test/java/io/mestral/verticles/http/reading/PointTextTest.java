package io.mestral.verticles.http.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PointTextTest {
  private static final long NOON = 1_770_120_000L; // 2026-02-03T12:00:00Z

  private final PointText text = new PointText(0);

  @Test
  void pointsStandOneBehindTheOther() {
    text.add(NOON, 21.5);
    text.add(NOON + 43_199, -0.05);
    text.add(NOON + 43_200, 20);
    text.add(NOON - 1, Double.NaN);
    text.add("2026-02-03T13:00:00+01:00", Double.NEGATIVE_INFINITY);
    text.count("2026-02-03T12:00:00Z", 144);
    assertThat(text)
        .hasToString(
            "[\"2026-02-03T12:00:00Z\",21.5],"
                + "[\"2026-02-03T23:59:59Z\",-0.05],"
                + "[\"2026-02-04T00:00:00Z\",20.0],"
                + "[\"2026-02-03T11:59:59Z\",null],"
                + "[\"2026-02-03T13:00:00+01:00\",null],"
                + "[\"2026-02-03T12:00:00Z\",144]");
  }

  @Property(tries = 500)
  void everyNumberReadsBackToItself(
      @ForAll long bits, @ForAll @LongRange(min = -99_999_999, max = 99_999_999) long hundredths) {
    double any = Double.longBitsToDouble(bits);
    PointText both = new PointText(0);
    for (int i = 0; i < 20; i++) both.add(NOON, hundredths / 100.0);
    both.add(NOON, Double.isFinite(any) ? any : 0);
    JsonArray points = new JsonArray("[" + both + "]");
    assertThat(points.getJsonArray(19).getDouble(1)).isEqualTo(hundredths / 100.0);
    assertThat(points.getJsonArray(20).getDouble(1)).isEqualTo(Double.isFinite(any) ? any : 0);
  }
}
