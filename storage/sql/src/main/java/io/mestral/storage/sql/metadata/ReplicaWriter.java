package io.mestral.storage.sql.metadata;

import io.mestral.storage.Steps;
import io.mestral.storage.replica.ReplicaChange;
import io.mestral.storage.replica.ReplicaContent;
import io.mestral.storage.replica.ReplicaContent.OfDevice;
import io.mestral.storage.replica.ReplicaContent.OfMeasurement;
import io.mestral.storage.replica.ReplicaContent.OfNumbers;
import io.mestral.storage.replica.ReplicaContent.OfSensor;
import io.mestral.storage.replica.ReplicaContent.OfUser;
import io.mestral.storage.replica.ReplicaEffect;
import io.mestral.storage.replica.ReplicaName;
import io.mestral.storage.replica.ReplicaRecord;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Makes what the node above told so here: those first that others refer to. */
final class ReplicaWriter {
  private static final String TAGS = "SELECT kind, name, tag FROM replica_records";
  private static final String KEEP =
      """
      INSERT INTO replica_records (kind, name, tag, body) VALUES ($1, $2, $3, $4)
      ON CONFLICT (kind, name) DO UPDATE SET tag = excluded.tag, body = excluded.body
      """;
  private static final String FORGET = "DELETE FROM replica_records WHERE kind = $1 AND name = $2";
  private static final String STAND =
      """
      INSERT INTO replica_standing (one, number, signed_by, token_key) VALUES (1, $1, $2, $3)
      ON CONFLICT (one) DO UPDATE
      SET number = excluded.number, signed_by = excluded.signed_by, token_key = excluded.token_key
      """;

  private final ReplicaCatalogue catalogue = new ReplicaCatalogue();
  private final ReplicaUsers users = new ReplicaUsers();
  private final ReplicaDevices devices;
  private final DeviceNumbers numbers;

  ReplicaWriter(SqlDeviceRegistry devices, DeviceNumbers numbers) {
    this.devices = new ReplicaDevices(devices, numbers);
    this.numbers = numbers;
  }

  Future<ReplicaEffect> apply(Session session, ReplicaChange change) {
    ReplicaOutcome outcome = new ReplicaOutcome();
    return session
        .list(
            TAGS,
            row -> Map.entry(new ReplicaName(row.text("kind"), row.text("name")), row.text("tag")))
        .compose(
            found -> {
              Map<ReplicaName, String> tags = new HashMap<>();
              found.forEach(one -> tags.put(one.getKey(), one.getValue()));
              List<ReplicaRecord> changed =
                  change.records().stream()
                      .filter(one -> !one.tag().equals(tags.get(one.name())))
                      .sorted(Comparator.comparingInt(ReplicaWriter::turn))
                      .toList();
              return Steps.forEach(
                      changed,
                      one ->
                          put(session, one, tags.containsKey(one.name()), outcome)
                              .compose(done -> keep(session, one)))
                  .compose(done -> catalogue.join(session, sensors(changed)))
                  .compose(
                      done ->
                          Steps.forEach(
                              gone(change, tags.keySet()),
                              one -> take(session, one, change.at(), outcome)));
            })
        .compose(
            done ->
                session.change(
                    STAND,
                    change.standing().number(),
                    change.standing().signedBy(),
                    change.standing().tokenKey().cipher()))
        .map(done -> outcome.effect());
  }

  /** Devices go before their owners do. */
  private static List<ReplicaName> gone(ReplicaChange change, Set<ReplicaName> known) {
    Set<ReplicaName> gone = new HashSet<>(change.gone());
    if (change.isWhole()) {
      gone.addAll(known);
      change.records().forEach(one -> gone.remove(one.name()));
    }
    gone.retainAll(known);
    return gone.stream().sorted().toList();
  }

  private static List<OfSensor> sensors(List<ReplicaRecord> records) {
    return records.stream()
        .flatMap(one -> one.content().stream())
        .filter(OfSensor.class::isInstance)
        .map(OfSensor.class::cast)
        .toList();
  }

  private static int turn(ReplicaRecord one) {
    return one.content().map(ReplicaWriter::turn).orElse(0);
  }

  private static int turn(ReplicaContent content) {
    if (content instanceof OfMeasurement) return 1;
    if (content instanceof OfSensor) return 2;
    if (content instanceof OfUser) return 3;
    return content instanceof OfNumbers ? 4 : 5;
  }

  private Future<?> put(
      Session session, ReplicaRecord record, boolean isKnown, ReplicaOutcome outcome) {
    Function<ReplicaContent, Future<?>> put =
        content -> {
          if (content instanceof OfMeasurement one)
            return catalogue.put(session, one.measurement(), outcome);
          if (content instanceof OfSensor one) return catalogue.put(session, one, outcome);
          if (content instanceof OfUser one) return users.put(session, one, outcome);
          if (content instanceof OfDevice one) return devices.put(session, one, isKnown, outcome);
          return numbers.keep(session, ((OfNumbers) content).range());
        };
    return record.content().<Future<?>>map(put).orElseGet(Future::succeededFuture);
  }

  private static Future<?> keep(Session session, ReplicaRecord one) {
    return session.change(KEEP, one.name().kind(), one.name().name(), one.tag(), one.body());
  }

  /** Of the catalogue nothing goes: readings refer to it. */
  private Future<?> take(Session session, ReplicaName name, Instant when, ReplicaOutcome outcome) {
    Future<?> taken =
        switch (name.kind()) {
          case "user" -> users.take(session, name.name(), when, outcome);
          case "device" -> devices.take(session, name.name(), when, outcome);
          default -> Future.succeededFuture();
        };
    return taken.compose(done -> session.change(FORGET, name.kind(), name.name()));
  }
}
