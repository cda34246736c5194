package io.mestral.broker.telemetry;

import io.mestral.broker.telemetry.event.BrokerEvent;
import io.mestral.broker.telemetry.event.ClientName;
import io.mestral.broker.telemetry.event.EventSink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The last events of each client, across its connections. It remembers the clients to which
 * something happened last: two generations of them, and when the younger is full the older is
 * forgotten.
 */
public final class History implements EventSink {
  /** Events of one client. */
  public static final int PER_CLIENT = 50;

  private static final int CLIENTS = 5_000; // of a generation

  private final int clients;
  private final AtomicReference<Generations> generations =
      new AtomicReference<>(new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>()));

  /** Empty. */
  public History() {
    this(CLIENTS);
  }

  History(int clients) {
    this.clients = clients;
  }

  @Override
  public void accept(BrokerEvent event) {
    Generations now = generations.get();
    if (now.young.size() >= clients && !now.young.containsKey(event.client())) {
      generations.compareAndSet(now, new Generations(new ConcurrentHashMap<>(), now.young));
      now = generations.get();
    }
    Map<ClientName, Deque<BrokerEvent>> old = now.old;
    now.young.compute(event.client(), (client, known) -> added(event, known, old));
  }

  /** The last events of a client, oldest first. */
  public List<BrokerEvent> of(ClientName client) {
    Generations now = generations.get();
    List<BrokerEvent> found = copy(now.young, client);
    return found.isEmpty() ? copy(now.old, client) : found;
  }

  /** The clients that are remembered. */
  Stream<ClientName> clients() {
    Generations now = generations.get();
    return Stream.concat(now.young.keySet().stream(), now.old.keySet().stream());
  }

  private static Deque<BrokerEvent> added(
      BrokerEvent event,
      Deque<BrokerEvent> known,
      Map<ClientName, Deque<BrokerEvent>> olderGeneration) {
    Deque<BrokerEvent> events = known;
    if (events == null) events = olderGeneration.remove(event.client());
    if (events == null) events = new ArrayDeque<>(4);
    if (events.size() == PER_CLIENT) events.removeFirst();
    events.addLast(event);
    return events;
  }

  /** The map lets nobody change a deque while it is copied. */
  private static List<BrokerEvent> copy(
      Map<ClientName, Deque<BrokerEvent>> generation, ClientName client) {
    AtomicReference<List<BrokerEvent>> copy = new AtomicReference<>(List.of());
    generation.computeIfPresent(
        client,
        (name, events) -> {
          copy.set(List.copyOf(events));
          return events;
        });
    return copy.get();
  }

  private record Generations(
      Map<ClientName, Deque<BrokerEvent>> young, Map<ClientName, Deque<BrokerEvent>> old) {}
}
