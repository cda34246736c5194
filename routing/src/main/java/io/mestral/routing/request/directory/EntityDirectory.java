package io.mestral.routing.request.directory;

import io.mestral.model.reading.TimeRange;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.EntityHome;
import io.mestral.routing.request.Offers;
import io.mestral.routing.request.call.Offering;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.Change;
import io.mestral.smartapi.matching.Reachability;
import io.mestral.smartapi.matching.Templates;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.Types;
import io.mestral.storage.EntityRegistry;
import io.mestral.storage.Steps;
import io.mestral.storage.StoredEntity;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The Entities that were created at this node, registered or announced. Changes come from one event
 * loop, one after the other; whoever reads may do so on any thread. A change is on disk before it
 * is seen.
 */
public final class EntityDirectory implements EntityHome {
  private static final int PAGE = 500;

  private final EntityRegistry registry;
  private final Shelf shelf = new Shelf();
  private final AccessRules rules;
  private final Reachability reachability = new Reachability(Units.shared(), ZoneOffset.UTC);
  private final OfferedActivities offers;
  private final Clock clock;
  private final int most;
  private final List<Consumer<Collection<Iri>>> watchers = new CopyOnWriteArrayList<>();
  private final List<Consumer<Collection<Iri>>> followers = new CopyOnWriteArrayList<>();
  private Future<Void> lastChange = Future.succeededFuture();

  /**
   * An empty directory, until it is {@linkplain #load loaded}.
   *
   * @param most Entities that it takes
   */
  public EntityDirectory(EntityRegistry registry, int most, Clock clock) {
    this.registry = registry;
    this.most = most;
    this.clock = clock;
    this.rules = new AccessRules(shelf, clock);
    this.offers = new OfferedActivities(shelf, rules);
  }

  /** Reads what is kept. Succeeds when all of it is there. */
  public Future<Void> load() {
    String[] last = {""};
    return Steps.until(
        () ->
            registry
                .page(last[0], PAGE)
                .map(
                    page -> {
                      for (StoredEntity one : page) shelf.put(Listed.of(one));
                      if (!page.isEmpty()) last[0] = page.get(page.size() - 1).iri();
                      return page.isEmpty();
                    }));
  }

  /**
   * Has somebody told of Entities that came, were changed or went, by their names; on any thread.
   */
  public void watch(Consumer<Collection<Iri>> watcher) {
    watchers.add(watcher);
  }

  /** The same, and of those of which a gateway tells values. */
  public void follow(Consumer<Collection<Iri>> follower) {
    followers.add(follower);
    watch(follower);
  }

  /**
   * Keeps what this node itself makes: nobody makes a Subscription but by subscribing.
   *
   * @param owner whose it is
   */
  public Future<Void> keepOwn(Entity made, Iri owner) {
    return inTurn(
        () -> save(List.of(new Listed(made, owner, Optional.empty(), now(), now())), List.of()));
  }

  /** Forgets what this node itself made. */
  public Future<Void> removeOwn(Iri name) {
    return inTurn(() -> save(List.of(), List.of(name)));
  }

  /** How many Entities there are. */
  public int size() {
    return shelf.size();
  }

  @Override
  public Optional<Entity> find(Iri iri) {
    return shelf.find(iri).map(Listed::entity);
  }

  @Override
  public Stream<Entity> all(Set<Iri> types) {
    return shelf.all(types).map(Listed::entity);
  }

  @Override
  public boolean allows(Asker asker, Entity outline, Iri method) {
    Optional<Listed> listed = listed(outline);
    if (listed.isPresent()) return rules.allows(asker, listed.get(), method);
    return method.equals(Individuals.CREATE) && !asker.isVisitor();
  }

  private Optional<Listed> listed(Entity entity) {
    return entity.iri().flatMap(shelf::find);
  }

  /** Their values stand in their outlines, whole series as well. */
  @Override
  public Future<List<Entity>> complete(
      List<Entity> outlines, Set<Iri> wanted, Optional<TimeRange> span) {
    return Future.succeededFuture(outlines);
  }

  @Override
  public Resource guard(Entity outline, Iri method) {
    return rules.guard(outline, method);
  }

  @Override
  public Entity shownTo(Asker asker, Entity entity) {
    return listed(entity).map(one -> rules.shownTo(asker, one)).orElse(entity);
  }

  @Override
  public Future<Void> apply(List<Change> changes, Asker asker) {
    return inTurn(
        () -> {
          List<Listed> puts = new ArrayList<>();
          List<Iri> removals = new ArrayList<>();
          for (Change change : changes) {
            Optional<Listed> after = change.after().map(one -> listed(change, one, asker));
            after.ifPresent(puts::add);
            if (after.isEmpty()) removals.add(change.before().orElseThrow().iri().orElseThrow());
          }
          return keep(puts, removals);
        });
  }

  /**
   * Takes Entities in that a gateway, or their owner, says are there, in place of what was known of
   * them.
   *
   * @param gateway who is to be asked about them; empty when nobody is
   */
  public Future<Void> register(List<Entity> entities, Iri owner, Optional<String> gateway) {
    return inTurn(
        () -> {
          Instant now = now();
          List<Listed> puts = new ArrayList<>();
          for (Entity one : entities)
            puts.add(new Listed(OwnDescription.of(one), owner, gateway, now, now));
          return keep(puts, List.of());
        });
  }

  @Override
  public Future<List<Entity>> register(List<Entity> entities, Asker asker) {
    for (Entity one : entities) {
      Iri name =
          one.iri()
              .orElseThrow(
                  () ->
                      new SmartApiException(
                          ErrorType.INVALID_PARAMS,
                          "An Entity to register has no IRI. sx:Create makes up one, or name it.",
                          one.node()));
      if (shelf.find(name).filter(known -> !rules.owns(asker, known)).isPresent())
        throw new SmartApiException(
            ErrorType.NOT_AUTHORIZED_ERROR,
            name + " is known here already, and belongs to somebody else.",
            name);
    }
    return register(entities, asker.identity(), Optional.empty())
        .map(kept -> entities.stream().map(EntityDirectory::named).toList());
  }

  @Override
  public Offers offers() {
    return offers;
  }

  @Override
  public Future<Void> announced(String gateway, Iri owner, Message announcement) {
    if (announcement.method().equals(Optional.of(Individuals.DELETE)))
      return withdrawn(gateway, announcement);
    return inTurn(
        () -> {
          Instant now = now();
          List<Listed> puts = new ArrayList<>();
          List<Listed> told = new ArrayList<>();
          for (Entity one : Announcement.entities(announcement)) {
            Optional<Listed> before = listed(one);
            boolean isFree =
                before.isEmpty()
                    || before.get().gateway().equals(Optional.of(gateway))
                    || before.get().owner().equals(owner);
            if (!isFree) continue;
            Iri whose = before.map(Listed::owner).orElse(owner);
            Entity own = OwnDescription.of(Offering.without(one, offers.taken(one, whose)));
            Entity kept = before.map(known -> KeptGrants.of(known.entity(), own)).orElse(own);
            Listed put = new Listed(kept, whose, Optional.of(gateway), now, now);
            puts.add(put);
            before.ifPresent(known -> told.add(put.as(KeptValues.of(known.entity(), kept), now)));
          }
          return keep(puts, List.of()).onSuccess(done -> told.forEach(shelf::put));
        });
  }

  /** A gateway can take away only what it announced. */
  private Future<Void> withdrawn(String gateway, Message announcement) {
    return inTurn(
        () ->
            keep(
                List.of(),
                announcement.entities().stream()
                    .flatMap(one -> listed(one).stream())
                    .filter(one -> one.gateway().equals(Optional.of(gateway)))
                    .map(Listed::iri)
                    .toList()));
  }

  @Override
  public void notified(String gateway, Message notification) {
    Instant madeAt = notification.generatedAt().orElseThrow();
    Set<Iri> told = new LinkedHashSet<>();
    for (Activity activity : notification.activities())
      for (Change change :
          new Templates(new Told(shelf, gateway), Ontology.core(), Units.shared(), most)
              .write(activity, madeAt)
              .changes())
        change
            .after()
            .ifPresent(
                after ->
                    listed(after)
                        .ifPresent(
                            one -> {
                              shelf.put(one.as(after, now()));
                              told.add(one.iri());
                            }));
    if (!told.isEmpty()) followers.forEach(one -> one.accept(told));
  }

  /** Whether an Entity is known and no gateway announced it, so that its values are those here. */
  public boolean isKeptHere(Iri entity) {
    return shelf.find(entity).filter(one -> one.gateway().isEmpty()).isPresent();
  }

  /** What a gateway is called that said of itself that it is a node; empty for any other. */
  public Optional<Iri> node(String gateway) {
    return shelf
        .all(Set.of(Types.NODE))
        .filter(one -> one.gateway().equals(Optional.of(gateway)))
        .map(Listed::iri)
        .findFirst();
  }

  /** Whose an Entity is; empty when it isn't known here. */
  public Optional<Iri> owner(Iri entity) {
    return shelf.find(entity).map(Listed::owner);
  }

  /**
   * Whether everything that a Request names, and that is known here, can be reached now (section
   * 2.20).
   */
  public boolean areAvailable(Request request) {
    return Stream.concat(
            request.entities().stream(),
            request.activities().stream().flatMap(one -> one.entities().stream()))
        .flatMap(one -> listed(one).stream())
        .allMatch(one -> reachability.isAvailable(one.entity(), now()));
  }

  /** The gateways that may be asked about an Entity, the nearest to it first (section 2.14). */
  public List<String> managers(Entity entity) {
    return new Chain(shelf).from(entity);
  }

  private static Entity named(Entity entity) {
    Graph.Builder graph = Graph.builder();
    entity.types().forEach(type -> graph.add(entity.node(), Rdf.TYPE, type));
    return Entity.at(graph.build(), entity.node());
  }

  private Listed listed(Change change, Entity after, Asker asker) {
    Entity own = OwnDescription.of(after);
    if (change.before().isEmpty())
      return new Listed(own, asker.identity(), Optional.empty(), now(), now());
    Listed before =
        shelf
            .find(after.iri().orElseThrow())
            .orElseThrow(
                () ->
                    new SmartApiException(
                        ErrorType.CONFLICT_ERROR,
                        after.node() + " was removed in the meantime.",
                        after.node()));
    Entity whole = Changes.whole(before, rules.shownTo(asker, before), own);
    Changes.check(before, whole, asker, rules);
    return before.as(whole, now());
  }

  private Future<Void> keep(List<Listed> puts, List<Iri> removals) {
    for (Listed one : puts)
      if (one.entity().types().contains(Types.SUBSCRIPTION))
        throw new SmartApiException(
            ErrorType.INVALID_PARAMS,
            one.iri()
                + " is a smartapi:Subscription: these are made by smartapi:Subscribe, and not"
                + " changed.",
            one.iri());
    return save(puts, removals);
  }

  private Future<Void> save(List<Listed> puts, List<Iri> removals) {
    offers.check(puts);
    List<StoredEntity> stored = new ArrayList<>();
    for (Listed one : puts) stored.add(checked(one.stored()));
    long added = puts.stream().filter(one -> shelf.find(one.iri()).isEmpty()).count();
    if (added > 0 && shelf.size() + added > most)
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "This node knows " + shelf.size() + " Entities; " + most + " are the most it takes.");
    return registry
        .apply(stored, removals.stream().map(Iri::value).toList())
        .map(
            kept -> {
              puts.forEach(shelf::put);
              removals.forEach(shelf::remove);
              Set<Iri> names = new LinkedHashSet<>(removals);
              puts.forEach(one -> names.add(one.iri()));
              watchers.forEach(one -> one.accept(names));
              return null;
            });
  }

  private static StoredEntity checked(StoredEntity one) {
    if (one.document().length() > StoredEntity.MAX_DOCUMENT)
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "%s is described in %d bytes of N-Triples; %d are the most that is kept of one Entity."
              .formatted(one.iri(), one.document().length(), StoredEntity.MAX_DOCUMENT),
          new Iri(one.iri()));
    int length = one.iri().getBytes(StandardCharsets.UTF_8).length;
    if (length > StoredEntity.MAX_IRI)
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "An Entity's IRI is %d bytes of UTF-8; %d are the most that is kept: %s"
              .formatted(length, StoredEntity.MAX_IRI, one.iri()),
          new Iri(one.iri()));
    return one;
  }

  /** A change looks at what the one before left behind. */
  private Future<Void> inTurn(Supplier<Future<Void>> change) {
    Future<Void> mine =
        lastChange.recover(failed -> Future.succeededFuture()).compose(turn -> change.get());
    lastChange = mine;
    return mine;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
