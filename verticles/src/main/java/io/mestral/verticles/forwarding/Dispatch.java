package io.mestral.verticles.forwarding;

import io.mestral.model.DeviceId;
import io.mestral.model.outcome.Delivery;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Some batches on their way, a few at a time, and of one device one after the other. The first that
 * has to wait ends it: those behind it aren't begun. Belongs to one context.
 */
final class Dispatch {
  private static final int AT_ONCE = 8;

  private final Context context;
  private final List<Parcel> parcels;
  private final Function<Parcel, Future<Delivery>> send;
  private final Predicate<Delivery> isDone;
  private final Set<DeviceId> underWay = new HashSet<>();
  private final boolean[] sent;
  private final Promise<List<Waiting>> ended = Promise.promise();
  private int begun;
  private int open;
  private boolean waits;

  /**
   * A batch.
   *
   * @param batch empty when nobody can read it
   */
  record Parcel(Waiting waiting, Optional<ForwardBatch> batch) {
    boolean isOf(Set<DeviceId> devices) {
      return batch.filter(known -> devices.contains(known.device())).isPresent();
    }
  }

  /**
   * @param isDone whether the batch is done with; else it has to wait
   */
  Dispatch(
      Context context,
      List<Parcel> parcels,
      Function<Parcel, Future<Delivery>> send,
      Predicate<Delivery> isDone) {
    this.context = context;
    this.parcels = parcels;
    this.send = send;
    this.isDone = isDone;
    this.sent = new boolean[parcels.size()];
  }

  /** Succeeds with those that are done with. */
  Future<List<Waiting>> run() {
    context.runOnContext(turn -> goOn()); // who was asked before may answer anywhere
    return ended.future();
  }

  private void goOn() {
    while (!waits && open < AT_ONCE && begun < parcels.size()) {
      if (parcels.get(begun).isOf(underWay)) break;
      begin(begun++);
    }
    if (open == 0) ended.complete(done());
  }

  private void begin(int index) {
    Parcel parcel = parcels.get(index);
    open++;
    parcel.batch().ifPresent(batch -> underWay.add(batch.device()));
    send.apply(parcel)
        .otherwise(Delivery.Refused::because)
        .onSuccess(delivery -> context.runOnContext(turn -> end(index, delivery)));
  }

  private void end(int index, Delivery delivery) {
    open--;
    parcels.get(index).batch().ifPresent(batch -> underWay.remove(batch.device()));
    sent[index] = isDone.test(delivery);
    waits |= !sent[index];
    goOn();
  }

  private List<Waiting> done() {
    List<Waiting> done = new ArrayList<>();
    for (int i = 0; i < begun; i++) if (sent[i]) done.add(parcels.get(i).waiting());
    return done;
  }
}
