package io.mestral.node.simulation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A Smart Citizen Kit 2.1: what it measures and how it writes that down. A kit says the same at the
 * same second, whenever it is asked.
 *
 * @param token what it publishes with
 * @param serial tells it from its neighbours; its place is a little warmer or louder than theirs
 */
public record SimulatedKit(String token, int serial) {

  /** Sensors read every time, by the platform's sensor id. */
  private static final Map<Integer, DailyCurve> ALWAYS =
      Map.of(
          14, new DailyCurve(-2_000, 14_000, 12, 400), // light, lux
          53, new DailyCurve(52, 9, 15, 4), // noise, dBA
          55, new DailyCurve(17, 5, 15, 0.3), // temperature, ºC
          56, new DailyCurve(58, 14, 5, 1), // relative humidity, %
          58, new DailyCurve(101.3, 0.15, 10, 0.02), // barometric pressure, kPa
          112, new DailyCurve(520, 90, 19, 25), // equivalent CO2, ppm
          113, new DailyCurve(45, 20, 19, 9)); // volatile organics, ppb

  /** Particulates: the pump that draws air runs for every fifth reading only. */
  private static final Map<Integer, DailyCurve> FIFTH =
      Map.of(
          87, new DailyCurve(11, 5, 8, 3), // PM 2.5, µg/m³
          88, new DailyCurve(16, 7, 8, 4), // PM 10
          89, new DailyCurve(7, 3, 8, 2), // PM 1.0
          165, new DailyCurve(1_400, 500, 8, 250), // particles above 0.3 µm in 0.1 l
          166, new DailyCurve(410, 150, 8, 80),
          167, new DailyCurve(75, 30, 8, 20),
          168, new DailyCurve(12, 5, 8, 4),
          169, new DailyCurve(4, 2, 8, 2),
          170, new DailyCurve(2, 1, 8, 1));

  private static final int BATTERY = 10;
  private static final int SD_CARD = 221;
  private static final int WIFI_STRENGTH = 220;

  /** What it says once after a boot, as JSON. */
  public String info(Instant now) {
    return String.format(
        Locale.ROOT,
        "{\"time\":\"%s\",\"hw_ver\":\"2.1\",\"id\":\"%08X504E4B4B372E3153494D4B54\","
            + "\"sam_ver\":\"0.9.11-5143a1c\",\"sam_bd\":\"2026-01-20T09:11:02Z\","
            + "\"mac\":\"5C:CF:7F:%02X:%02X:%02X\",\"esp_ver\":\"0.9.9-5143a1c\","
            + "\"esp_bd\":\"2026-01-20T09:10:44Z\",\"rcause\":\"POR\"}",
        seconds(now),
        serial,
        serial >> 16 & 0xFF,
        serial >> 8 & 0xFF,
        serial & 0xFF);
  }

  /**
   * One reading of all sensors that are due, in the kit's short text form.
   *
   * @param number how many readings came before; some sensors are only due every few
   */
  public String readings(Instant now, long number) {
    StringBuilder text = new StringBuilder(256).append("{t:").append(seconds(now));
    values(now, number)
        .forEach((sensor, value) -> text.append(',').append(sensor).append(':').append(value));
    return text.append('}').toString();
  }

  private Map<Integer, String> values(Instant now, long number) {
    SplittableRandom random = new SplittableRandom(now.getEpochSecond() * 31 + serial);
    Map<Integer, String> values = new TreeMap<>();
    values.put(BATTERY, serial % 4 == 0 ? String.valueOf(60 + serial % 40) : "-1");
    values.put(SD_CARD, "1");
    measure(ALWAYS, now, random, values);
    if (number % 3 == 0) values.put(WIFI_STRENGTH, String.valueOf(-48 - random.nextInt(30)));
    if (number % 5 == 0) measure(FIFTH, now, random, values);
    return values;
  }

  /** Nothing that a kit measures, apart from its signal strength, goes below zero. */
  private void measure(
      Map<Integer, DailyCurve> curves,
      Instant now,
      SplittableRandom random,
      Map<Integer, String> values) {
    double place = new SplittableRandom(serial).nextDouble(-0.5, 0.5);
    new TreeMap<>(curves)
        .forEach(
            (sensor, curve) -> {
              double value =
                  curve.at(now, random.nextDouble(-1, 1)) + place * Math.abs(curve.swing());
              values.put(sensor, String.format(Locale.ROOT, "%.2f", Math.max(0, value)));
            });
  }

  private static Instant seconds(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS);
  }
}
