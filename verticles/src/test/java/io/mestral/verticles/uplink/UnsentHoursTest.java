package io.mestral.verticles.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.storage.Settled;
import io.mestral.storage.StreamName;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.mestral.verticles.uplink.UnsentHours.Hour;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsentHoursTest {
  private static final JournalOptions SMALL =
      new JournalOptions(64 << 10, 512 << 10, 16 << 10, Optional.empty(), 1_000, 1 << 20);
  private static final DeviceId ROOF = new DeviceId(7);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private EmbeddedJournal journal;
  private UnsentHours hours;
  private long run;

  @BeforeEach
  void open() {
    journal = EmbeddedJournal.open(vertx, folder, SMALL, new SimpleMeterRegistry());
    hours = new UnsentHours(journal);
    run = Settled.value(hours.open());
  }

  @AfterEach
  void close() {
    Settled.value(journal.close());
    Settled.value(vertx.close());
  }

  private void reopen() {
    Settled.value(journal.close());
    open();
  }

  private static List<Reading> at(long... seconds) {
    return java.util.Arrays.stream(seconds)
        .mapToObj(second -> new Reading(ROOF, new SensorId(55), second, 1))
        .toList();
  }

  private void noted(List<Reading> readings) {
    Settled.value(hours.note(readings));
    hours.settle(readings);
  }

  @Test
  void whatWasNotedIsThereAfterARestart() {
    noted(at(3_599, 3_600, -1));
    reopen();
    assertThat(hours.all())
        .containsExactlyInAnyOrder(new Hour(ROOF, 0), new Hour(ROOF, 1), new Hour(ROOF, -1));
  }

  @Test
  void whatWasSentIsForgotten() {
    long first = run;
    noted(at(0, 3_600));
    assertThat(hours.sent(new Hour(ROOF, 0))).isTrue();
    Settled.value(hours.tidy());
    reopen();
    assertThat(hours.all()).containsExactly(new Hour(ROOF, 1));
    assertThat(hours.sent(new Hour(ROOF, 1))).isTrue();
    Settled.value(hours.tidy());
    reopen();
    assertThat(hours.all()).isEmpty();
    assertThat(run).isGreaterThan(first);
  }

  @Test
  void anHourThatIsNotedMeanwhileStays() {
    noted(at(0));
    Settled.value(hours.note(at(1)));
    assertThat(hours.sent(new Hour(ROOF, 0))).isFalse();
    Settled.value(hours.tidy());
    reopen();
    assertThat(hours.all()).containsExactly(new Hour(ROOF, 0));
  }

  @Test
  void whatWaitsForLongDoesNotHoldTheJournal() {
    StreamName other = new StreamName("other");
    noted(at(0));
    for (int i = 0; i < 300; i++) {
      long written = Settled.value(journal.append(other, Buffer.buffer(new byte[1_000])));
      Settled.value(journal.trim(other, written));
      if (i % 50 == 49) Settled.value(hours.tidy());
    }
    assertThat(journal.size()).isLessThan(200_000);
    reopen();
    assertThat(hours.all()).containsExactly(new Hour(ROOF, 0));
  }
}
