package io.mestral.broker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.telemetry.event.BrokerEvent;
import io.mestral.broker.telemetry.event.BrokerEvent.ClientDisconnected;
import io.mestral.broker.telemetry.event.ClientName;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final ClientName METER = new ClientName("anonymous", "meter");

  @Test
  void theLastFiftyEventsOfAClientAreKeptOldestFirst() {
    History history = new History();
    for (int i = 0; i < 120; i++) history.accept(event(METER, i));
    assertThat(history.of(METER))
        .extracting(event -> ((ClientDisconnected) event).code())
        .containsExactlyElementsOf(IntStream.range(70, 120).boxed().toList());
  }

  @Test
  void clientsAreToldApartByWhomTheySpeakFor() {
    History history = new History();
    history.accept(event(METER, 1));
    assertThat(history.of(new ClientName("user:1", "meter"))).isEmpty();
  }

  @Test
  void ofManyClientsThoseAreRememberedToWhichSomethingHappenedLast() {
    History history = new History(10);
    history.accept(event(METER, 1));
    for (int i = 0; i < 1000; i++) {
      history.accept(event(client(i), i));
      if (i % 5 == 0) history.accept(event(METER, i));
    }
    assertThat(history.of(METER)).hasSize(50);
    assertThat(history.of(client(999))).hasSize(1);
    assertThat(history.of(client(0))).isEmpty();
    long remembered =
        IntStream.range(0, 1000).filter(i -> !history.of(client(i)).isEmpty()).count();
    assertThat(remembered).isBetween(9L, 20L);
  }

  private static ClientName client(int i) {
    return new ClientName("anonymous", "client " + i);
  }

  private static BrokerEvent event(ClientName client, int code) {
    return new ClientDisconnected(Instant.EPOCH, client, "client left", code);
  }
}
