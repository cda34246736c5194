package io.mestral.routing;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.outcome.Delivery;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Those who share the messages of one filter (MQTT 5, 4.8.2). It stands in the topic tree in their
 * place and has one of them take each message. Members come and go under the lock of the map that
 * the group stands in; everything else any thread may do.
 */
final class ShareGroup implements Subscriber {
  private static final int ASKED_AT_MOST = 32; // present members, for one that is free
  private static final int OFFERED_TO_AT_MOST = 8;
  private static final Future<Delivery> NOBODY = Future.succeededFuture(Delivery.NOBODY);

  private final BiFunction<Publish, Receiver, Future<Delivery>> postman;
  private final AtomicInteger turns = new AtomicInteger();
  private volatile Receiver[] members = {};

  /** The postman brings a message, or has it kept, as the member needs it. */
  ShareGroup(BiFunction<Publish, Receiver, Future<Delivery>> postman) {
    this.postman = postman;
  }

  /** Adds or replaces a member; whether it is a new one. */
  boolean join(Subscriber subscriber, Subscription subscription) {
    Receiver[] others = without(subscriber);
    boolean isNew = others.length == members.length;
    Receiver[] more = Arrays.copyOf(others, others.length + 1);
    more[others.length] = new Receiver(subscriber, subscription);
    members = more; // at once: a message that comes meanwhile finds it here before and after
    return isNew;
  }

  /** Takes a member out; whether it was one. */
  boolean leave(Subscriber subscriber) {
    Receiver[] rest = without(subscriber);
    boolean had = rest.length < members.length;
    if (had) members = rest;
    return had;
  }

  private Receiver[] without(Subscriber subscriber) {
    return Stream.of(members)
        .filter(member -> !member.subscriber().equals(subscriber))
        .toArray(Receiver[]::new);
  }

  boolean isEmpty() {
    return members.length == 0;
  }

  /** Whose turn it is; nobody's when all have left. */
  Optional<Turn> turn() {
    return next(List.of()).map(member -> new Turn(this, member));
  }

  /** Whether any member is here now; whose turn it is stays as it is. */
  @Override
  public boolean isPresent() {
    return Stream.of(members).anyMatch(member -> member.subscriber().isPresent());
  }

  @Override
  public boolean isPresent(String principal) {
    return Stream.of(members).anyMatch(member -> member.subscriber().isPresent(principal));
  }

  /** Has a member take a message, whoever of them does. */
  @Override
  public Future<Delivery> deliver(Publish publish, Subscription any) {
    return offer(publish, List.of(), NOBODY);
  }

  /** Has another member take it, if there is one, after these didn't. */
  Future<Delivery> offer(Publish publish, List<Subscriber> refused, Future<Delivery> otherwise) {
    if (refused.size() == OFFERED_TO_AT_MOST) return otherwise;
    return next(refused).map(member -> offer(publish, member, refused)).orElse(otherwise);
  }

  private Future<Delivery> offer(Publish publish, Receiver member, List<Subscriber> refused) {
    Publish capped = publish.cappedAt(member.subscription().qos());
    Future<Delivery> answer = postman.apply(capped, member);
    if (answer.succeeded() && answer.result().isTaken()) return answer;
    return answer.compose(
        outcome -> {
          if (outcome.isTaken()) return answer;
          List<Subscriber> asked =
              Stream.concat(refused.stream(), Stream.of(member.subscriber())).toList();
          return offer(publish, asked, answer);
        });
  }

  /** One after the other; who is here and has nothing waiting before all others. */
  private Optional<Receiver> next(List<Subscriber> except) {
    Receiver[] all = members;
    Optional<Receiver> best = Optional.empty();
    int asked = 0;
    int first = all.length == 0 ? 0 : Math.floorMod(turns.getAndIncrement(), all.length);
    for (int i = 0; i < all.length && asked < ASKED_AT_MOST; i++) {
      Receiver member = all[(first + i) % all.length];
      if (except.contains(member.subscriber())) continue;
      boolean present = member.subscriber().isPresent();
      if (present) asked++;
      if (present && member.subscriber().waiting() == 0) return Optional.of(member);
      if (best.isEmpty() || isBetter(member.subscriber(), best.get().subscriber()))
        best = Optional.of(member);
    }
    return best;
  }

  private static boolean isBetter(Subscriber one, Subscriber other) {
    if (one.isPresent() != other.isPresent()) return one.isPresent();
    return one.waiting() < other.waiting();
  }

  /** A member whose turn it is to take one message. */
  static final class Turn implements Subscriber {
    private final ShareGroup group;
    private final Receiver member;

    private Turn(ShareGroup group, Receiver member) {
      this.group = group;
      this.member = member;
    }

    Receiver member() {
      return member;
    }

    @Override
    public String principal() {
      return member.subscriber().principal();
    }

    /** If the member doesn't take it after all, another one does. */
    @Override
    public Future<Delivery> deliver(Publish publish, Subscription any) {
      return group.offer(publish, member, List.of());
    }

    @Override
    public boolean isKept() {
      return member.subscriber().isKept();
    }
  }
}
