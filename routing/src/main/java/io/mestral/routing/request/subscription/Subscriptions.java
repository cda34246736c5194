package io.mestral.routing.request.subscription;

import io.mestral.routing.request.Answers;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.MessageSecurity;
import io.mestral.routing.request.RequestDigest;
import io.mestral.routing.request.Subscribing;
import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.routing.request.open.GatewayLink;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.Types;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who is told of changes (Smart API, section 9, rules 10 and 22). Subscriptions are kept
 * as Entities of the directory. What changes within a moment is told together, and whoever is slow
 * to hear is told the last state alone. It belongs to one event loop, on which it is {@linkplain
 * #open opened}; what it is told on other threads comes back there.
 */
public final class Subscriptions implements Subscribing {
  /** The most at a node. */
  public static final int MOST = 10_000;

  /** The most of one sender. */
  public static final int MOST_OF_ONE = 100;

  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
  private static final int AT_ONCE = 500;
  private static final long SOON_MILLIS = 20; // changes that belong together go together
  private static final long SWEEP_MILLIS = 1_000;

  private final Ground ground;
  private final Map<Iri, Standing> all = new ConcurrentHashMap<>();
  private final Map<Iri, Set<Standing>> byName = new ConcurrentHashMap<>();
  private final Set<Standing> general = ConcurrentHashMap.newKeySet();
  private final Set<Iri> touched = ConcurrentHashMap.newKeySet(); // since they were looked at last
  private final AtomicBoolean isDraining = new AtomicBoolean();
  private Optional<Readers> readers = Optional.empty();
  private Optional<Context> home = Optional.empty();

  /** What it stands on. */
  public record Ground(
      EntityDirectory directory,
      GatewayLink link,
      Answers answers,
      MessageSecurity security,
      Vertx vertx,
      Clock clock) {}

  /**
   * Who finds out what is to be told.
   *
   * @param askers whose a request is, with the rights that they have now, by the name of whom the
   *     sender speaks for
   * @param states what some Entities are now, as a request asks for them
   * @param isKnown whether there is an Entity of this name, wherever it is kept
   */
  public record Readers(
      BiFunction<Request, String, Future<Asker>> askers, States states, Predicate<Iri> isKnown) {}

  /** What some Entities are now. */
  @FunctionalInterface
  public interface States {
    /** As a request asks for them, of those that its asker may see. */
    Future<List<Entity>> of(Request request, Asker asker, Collection<Iri> names);
  }

  /** Nobody is told anything yet. */
  public Subscriptions(Ground ground) {
    this.ground = ground;
  }

  /** Takes up those that are kept. Called on the event loop that it belongs to. */
  public void open(Readers found) {
    home = Optional.of(ground.vertx().getOrCreateContext());
    readers = Optional.of(found);
    ground.directory().all(Set.of(Types.SUBSCRIPTION)).map(Standing::of).forEach(this::add);
    ground.directory().follow(names -> home(() -> changed(names)));
    ground.vertx().setPeriodic(SWEEP_MILLIS, timer -> sweep());
  }

  private void home(Runnable task) {
    home.orElseThrow().runOnContext(turn -> task.run());
  }

  private void add(Standing one) {
    all.put(one.name(), one);
    Set<Iri> names = one.names();
    if (names.isEmpty()) general.add(one);
    for (Iri name : names) byName.computeIfAbsent(name, first -> new LinkedHashSet<>()).add(one);
  }

  private void drop(Iri name) {
    Standing gone = all.remove(name);
    if (gone == null) return;
    general.remove(gone);
    for (Iri one : gone.names())
      byName.computeIfPresent(
          one,
          (same, some) -> {
            some.remove(gone);
            return some.isEmpty() ? null : some;
          });
  }

  @Override
  public Future<Entity> begin(Request request, Asker asker, List<Entity> present) {
    long own = all.values().stream().filter(one -> one.sender().equals(asker.identity())).count();
    if (own >= MOST_OF_ONE || all.size() >= MOST)
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "There are %d Subscriptions of the sender here, and %d in all; %d and %d are the most."
              .formatted(own, all.size(), MOST_OF_ONE, MOST),
          request.node());
    Instant now = ground.clock().instant();
    Standing.end(request)
        .filter(end -> !end.isAfter(now))
        .ifPresent(
            end -> {
              throw new SmartApiException(
                  ErrorType.INVALID_PARAMS,
                  "The Subscription would end at " + end + ", it is " + now + " now.",
                  request.node());
            });
    Iri name = name(request, asker);
    if (all.containsKey(name)) return Future.succeededFuture(shown(name, request));
    Entity kept = Standing.entity(name, request, asker.principal().name());
    Standing standing = Standing.of(kept);
    standing.news(present);
    add(standing);
    return ground
        .directory()
        .keepOwn(kept, asker.identity())
        .onFailure(lost -> home(() -> drop(name)))
        .map(shown(name, request));
  }

  /** A request that is carried out once more after a kill begins nothing twice. */
  private static Iri name(Request request, Asker asker) {
    byte[] digest = RequestDigest.of(request, asker.principal().name());
    return new Iri("urn:uuid:" + UUID.nameUUIDFromBytes(digest));
  }

  private static Entity shown(Iri name, Request request) {
    Graph.Builder graph = Graph.builder().add(name, Rdf.TYPE, Types.SUBSCRIPTION);
    Standing.end(request).ifPresent(end -> graph.add(name, Gr.VALID_THROUGH, Literal.of(end)));
    return Entity.at(graph.build(), name);
  }

  /** Whether there is one, so that somebody might be told something; on any thread. */
  public boolean isAny() {
    return !all.isEmpty();
  }

  /** An Entity of another source has new values; on any thread. */
  public void touched(Iri name) {
    boolean isOfInterest = !general.isEmpty() || byName.containsKey(name);
    if (isOfInterest && touched.add(name) && isDraining.compareAndSet(false, true))
      home(() -> ground.vertx().setTimer(SOON_MILLIS, timer -> drain()));
  }

  private void drain() {
    isDraining.set(false);
    List<Iri> names = List.copyOf(touched);
    names.forEach(touched::remove);
    changed(names);
  }

  /** Entities came, were changed or went. */
  private void changed(Collection<Iri> names) {
    if (all.isEmpty()) return;
    for (Iri name : names) {
      if (all.containsKey(name) && ground.directory().find(name).isEmpty()) drop(name);
      byName.getOrDefault(name, Set.of()).forEach(one -> await(one, name));
      general.forEach(one -> await(one, name));
    }
  }

  private void await(Standing one, Iri changed) {
    if (one.awaits(changed)) ground.vertx().setTimer(SOON_MILLIS, timer -> look(one));
  }

  private void look(Standing one) {
    Collection<Iri> names = one.take(AT_ONCE);
    if (names.isEmpty() || !all.containsKey(one.name())) return;
    Future.succeededFuture()
        .compose(turn -> readers.orElseThrow().askers().apply(one.request(), one.principal()))
        .compose(asker -> readers.orElseThrow().states().of(one.request(), asker, names))
        .compose(now -> tell(one, names, now))
        .onFailure(lost -> LOG.warn("a change can't be told: {}", lost.toString()))
        .onComplete(
            done ->
                home(
                    () -> {
                      if (one.done()) look(one);
                    }));
  }

  private Future<Void> tell(Standing one, Collection<Iri> names, List<Entity> now) {
    List<Entity> gone = names.stream().flatMap(name -> gone(one, name).stream()).toList();
    return ground
        .vertx()
        .executeBlocking(() -> one.news(now), false) // canonical forms may take their time
        .compose(news -> tell(one, Individuals.NOTIFY, news))
        .compose(done -> tell(one, Individuals.DELETE, gone));
  }

  /** That an Entity is gone is told to who subscribed to it by its name. */
  private Optional<Entity> gone(Standing one, Iri name) {
    if (!one.names().contains(name) || readers.orElseThrow().isKnown().test(name))
      return Optional.empty();
    one.forget(name);
    Graph graph = Graph.builder().add(name, Rdf.TYPE, Types.ENTITY).build();
    return Optional.of(Entity.at(graph, name));
  }

  private Future<Void> tell(Standing one, Iri method, List<Entity> entities) {
    if (entities.isEmpty()) return Future.succeededFuture();
    Message said = ground.answers().changed(one.request(), method, entities);
    GatewayLink.Client client = new GatewayLink.Client(one.sender(), one.principal());
    return ground
        .security()
        .signed(said, one.received())
        .compose(
            message -> ground.link().tell(client, message.graph(), message.iri().orElseThrow()))
        .onSuccess(isHeard -> home(() -> heard(one, isHeard)))
        .mapEmpty();
  }

  private void heard(Standing one, boolean isHeard) {
    if (isHeard) one.heard();
    else if (one.missed(ground.clock().instant())) end(one, "nobody heard it three times");
  }

  private void sweep() {
    Instant now = ground.clock().instant();
    List<Standing> over = all.values().stream().filter(one -> one.isOver(now)).toList();
    over.forEach(one -> end(one, "its time is over"));
  }

  private void end(Standing one, String why) {
    drop(one.name());
    LOG.info("the Subscription {} of {} ends: {}", one.name(), one.sender(), why);
    ground
        .directory()
        .removeOwn(one.name())
        .onFailure(lost -> LOG.warn("an ended Subscription can't be removed: {}", lost.toString()));
  }
}
