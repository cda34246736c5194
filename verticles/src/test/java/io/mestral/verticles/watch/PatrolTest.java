package io.mestral.verticles.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.storage.DeviceNotices.Kind;
import io.mestral.storage.WatchedDevice;
import io.mestral.verticles.watch.Patrol.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatrolTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final DeviceId ROOF = new DeviceId(7);
  private static final SensorId TEMPERATURE = new SensorId(55);

  @ParameterizedTest
  @ValueSource(doubles = {2, 2.5, 14, 14.9})
  void aLowBatteryIsTold(double percent) {
    assertThat(battery(percent, ago(5), Optional.empty()))
        .containsExactly(new Finding.Tell(new DeviceEvent.LowBattery(ROOF, NOW, (int) percent)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, 1.9, 15, 100})
  void whatIsNoLowBatteryIsNot(double percent) {
    assertThat(battery(percent, ago(5), Optional.empty())).isEmpty();
  }

  @Test
  void theBatteryOfADeadDeviceIsNot() {
    assertThat(battery(5, ago(61), Optional.empty())).isEmpty();
  }

  @Test
  void aBatteryIsToldOnceUntilItWasCharged() {
    Optional<Instant> yesterday = Optional.of(NOW.minus(Duration.ofHours(13)));
    assertThat(battery(5, ago(5), yesterday)).isEmpty();
    assertThat(battery(16, ago(5), yesterday)).as("hovers").isEmpty();
    assertThat(battery(90, ago(5), Optional.of(ago(30)))).as("not so often").isEmpty();
    assertThat(battery(90, ago(5), yesterday)).containsExactly(new Finding.Over(Kind.LOW_BATTERY));
  }

  @Test
  void silenceIsToldAfterAnHour() {
    assertThat(silence(ago(59), Optional.empty())).isEmpty();
    assertThat(silence(ago(60), Optional.empty()))
        .containsExactly(new Finding.Tell(new DeviceEvent.StoppedPublishing(ROOF, NOW, ago(60))));
  }

  @Test
  void anEventSaysSinceWhenNobodyMayHaveBeenTold() {
    Instant lastWeek = NOW.minus(Duration.ofDays(7));
    assertThat(new DeviceEvent.LowBattery(ROOF, NOW, 7).unlessSince()).isEqualTo(Instant.EPOCH);
    assertThat(new DeviceEvent.StoppedPublishing(ROOF, NOW, ago(60)).unlessSince())
        .isEqualTo(NOW.minus(Duration.ofHours(24)));
    assertThat(new DeviceEvent.StoppedPublishing(ROOF, NOW, lastWeek).unlessSince())
        .isEqualTo(lastWeek);
    assertThat(new DeviceEvent.HasErrors(ROOF, NOW, "x").unlessSince())
        .isEqualTo(NOW.minus(Duration.ofHours(6)));
  }

  @Test
  void eachSilenceIsToldOnceAndNotTwiceADay() {
    Instant lastWeek = NOW.minus(Duration.ofDays(7));
    assertThat(silence(lastWeek, Optional.of(lastWeek.plusSeconds(3700)))).as("told").isEmpty();
    assertThat(silence(ago(90), Optional.of(ago(300)))).as("an earlier one, today").isEmpty();
    assertThat(silence(ago(90), Optional.of(lastWeek))).as("an earlier one").hasSize(1);
  }

  @Test
  void theNewestOfAllSensorsCounts() {
    Map<SensorId, Latest> latest =
        Map.of(TEMPERATURE, latest(20, ago(5)), Patrol.BATTERY, latest(90, ago(500)));
    assertThat(Patrol.look(watched(Optional.empty(), Optional.empty()), latest, NOW)).isEmpty();
  }

  @Test
  void whoNeverPublishedHasNotStopped() {
    assertThat(Patrol.look(watched(Optional.empty(), Optional.empty()), Map.of(), NOW)).isEmpty();
  }

  private static List<Finding> battery(double percent, Instant at, Optional<Instant> told) {
    WatchedDevice device = new WatchedDevice(ROOF, true, false, told, Optional.empty());
    return Patrol.look(device, Map.of(Patrol.BATTERY, latest(percent, at)), NOW);
  }

  private static List<Finding> silence(Instant last, Optional<Instant> told) {
    WatchedDevice device = new WatchedDevice(ROOF, false, true, Optional.empty(), told);
    return Patrol.look(device, Map.of(TEMPERATURE, latest(20, last)), NOW);
  }

  private static WatchedDevice watched(Optional<Instant> battery, Optional<Instant> silence) {
    return new WatchedDevice(ROOF, true, true, battery, silence);
  }

  private static Latest latest(double value, Instant at) {
    return new Latest(at.getEpochSecond(), value, OptionalDouble.empty());
  }

  private static Instant ago(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }
}
