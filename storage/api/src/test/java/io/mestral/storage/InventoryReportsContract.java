package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.outcome.Refusal;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every engine's {@link InventoryReports} does. */
public abstract class InventoryReportsContract extends MetadataContract {
  private InventoryReports inventory() {
    return metadata().inventory();
  }

  @Test
  void reportsAreCountedWithAndWithoutContent() throws Exception {
    await(inventory().add(Optional.of("{\"mac\":\"x\"}"), NOON));
    await(inventory().add(Optional.empty(), NOON));
    assertThat(await(inventory().count())).isEqualTo(2);
    reopen();
    assertThat(await(inventory().count())).isEqualTo(2);
  }

  @Test
  void thereIsAnEndToWhatIsKept() {
    for (int round = 0; round < 11; round++) {
      List<Future<Void>> added = new ArrayList<>();
      for (int i = 0; i < 1000; i++) added.add(inventory().add(Optional.empty(), NOON));
      await(Future.all(added));
    }
    assertThat(await(inventory().count())).isEqualTo(InventoryReports.KEPT);
  }

  @Test
  void anEndlessReportIsRefused() {
    Optional<String> endless = Optional.of("x".repeat(InventoryReports.MAX_LENGTH + 1));
    assertThat(Refusal.of(failureOf(inventory().add(endless, NOON)))).isEqualTo(Refusal.TOO_LARGE);
    assertThat(await(inventory().count())).isZero();
  }
}
