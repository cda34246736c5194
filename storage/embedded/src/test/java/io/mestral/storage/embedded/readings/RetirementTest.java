package io.mestral.storage.embedded.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.Retention;
import io.mestral.config.StorageOptions;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.readings.files.ReadingsFolder;
import io.mestral.storage.embedded.readings.salvage.Salvage;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of old readings. */
class RetirementTest {
  private static final long DAY = 86_400;
  private static final long APRIL = 1_775_001_600L; // 2026-04-01T00:00:00Z
  private static final long NOW = APRIL + 20 * DAY + 5;
  private static final Series NOISE = new Series(new DeviceId(42), new SensorId(53));

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final MovableClock clock = new MovableClock(NOW);
  private StoreOnDisk disk;

  @BeforeEach
  void fortyDaysOfReadings() {
    open(Retention.FOREVER);
    List<Reading> readings = new ArrayList<>();
    for (long second = APRIL - 20 * DAY; second < APRIL + 20 * DAY; second += 1800)
      for (int device = 41; device < 60; device++)
        readings.add(
            new Reading(new DeviceId(device), NOISE.sensor(), second, second / 1800 % 77 / 10.0));
    Settled.value(disk.store.append(readings));
    Settled.value(disk.store.seal());
  }

  @AfterEach
  void close() {
    disk.close();
    Settled.value(vertx.close());
  }

  @Test
  void oldReadingsGoAndTheirHoursAndDaysStay() throws Exception {
    List<Summary> hours = summaries(Span.HOUR);
    List<Summary> days = summaries(Span.DAY);
    long before = Files.size(month("2026-03"));
    retire(keeping(10, 0));
    for (int round = 0; round < 2; round++) {
      Samples left = read();
      assertThat(left.size()).isEqualTo(10 * 48);
      assertThat(left.time(0)).isEqualTo(APRIL + 10 * DAY);
      assertThat(summaries(Span.HOUR)).isEqualTo(hours);
      assertThat(summaries(Span.DAY)).isEqualTo(days);
      retire(keeping(10, 0));
    }
    assertThat(Files.size(month("2026-03"))).isLessThan(before);
  }

  @Test
  void aDayPassesAndADayMoreGoes() {
    retire(keeping(10, 0));
    clock.forward(DAY + 1);
    disk.store.lookAround();
    settleSteps();
    assertThat(read().size()).isEqualTo(9 * 48);
  }

  @Test
  void whatIsOlderThanItsHoursMayBeIsGone() {
    retire(keeping(5, 12));
    assertThat(summaries(Span.DAY)).hasSize(12);
    assertThat(summaries(Span.DAY).get(0).start()).isEqualTo(APRIL + 8 * DAY);
    assertThat(month("2026-03")).doesNotExist();
    assertThat(read().size()).isEqualTo(5 * 48);
  }

  @Test
  void whatComesLateForAnOldDayChangesItNoMore() {
    retire(keeping(10, 0));
    List<Summary> hours = summaries(Span.HOUR);
    Settled.value(
        disk.store.append(List.of(new Reading(NOISE.device(), NOISE.sensor(), APRIL, 9))));
    for (int round = 0; round < 2; round++) {
      assertThat(summaries(Span.HOUR)).isEqualTo(hours);
      Settled.value(disk.store.seal());
    }
    assertThat(read().time(0)).isEqualTo(APRIL + 10 * DAY);
    assertThat(disk.meters.counter("mestral.readings.too.late").count()).isEqualTo(1);
  }

  @Test
  void hoursThatARangeTouchesCanStillBeRemoved() {
    retire(keeping(10, 0));
    List<Summary> hours = summaries(Span.HOUR);
    Settled.value(disk.store.delete(NOISE, new TimeRange(APRIL - 2 * DAY + 4000, APRIL + 3 * DAY)));
    List<Summary> left =
        hours.stream()
            .filter(hour -> hour.start() < APRIL - 2 * DAY + 3600 || hour.start() > APRIL + 3 * DAY)
            .toList();
    for (int round = 0; round < 2; round++) {
      assertThat(summaries(Span.HOUR)).isEqualTo(left);
      Settled.value(disk.store.seal());
    }
  }

  @Test
  void whatIsLeftOfOldDaysIsSalvaged() throws Exception {
    retire(keeping(10, 0));
    List<Summary> hours = summaries(Span.HOUR);
    disk.close();
    Salvage.of(new ReadingsFolder(folder.resolve("readings")), month("2026-03"));
    Salvage.of(new ReadingsFolder(folder.resolve("readings")), month("2026-04"));
    open(Retention.FOREVER);
    assertThat(summaries(Span.HOUR)).isEqualTo(hours);
    assertThat(read().size()).isEqualTo(10 * 48);
  }

  private static Retention keeping(int raw, int rollup) {
    return new Retention(
        Optional.of(Duration.ofDays(raw)),
        rollup == 0 ? Optional.empty() : Optional.of(Duration.ofDays(rollup)));
  }

  private void retire(Retention retention) {
    disk.close();
    open(retention);
    disk.store.lookAround();
    settleSteps();
  }

  /** Each step queues the next one, so sealing gets its turns between them. */
  private void settleSteps() {
    for (int turn = 0; turn < 20; turn++) Settled.value(disk.store.seal());
  }

  private void open(Retention retention) {
    disk =
        StoreOnDisk.open(
            vertx,
            new StorageOptions(folder, Optional.empty(), 100_000, 64 << 20, retention),
            clock);
  }

  private List<Summary> summaries(Span span) {
    return Settled.value(disk.store.summaries(NOISE, span, TimeRange.ALWAYS));
  }

  private Samples read() {
    return Settled.value(disk.store.read(NOISE, TimeRange.ALWAYS, Integer.MAX_VALUE));
  }

  private Path month(String month) {
    return folder.resolve("readings/readings-" + month + ".db");
  }
}
