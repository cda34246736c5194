package io.mestral.verticles.uplink;

import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells another node what is known here: all of it once, and then what changes (Smart API, section
 * 2.14). Belongs to one event loop.
 */
final class Announcer {
  private static final int AT_ONCE = 100;
  private static final long SOON_MILLIS = 20; // changes that belong together go together

  private final EntityDirectory directory;
  private final Supplier<Iri> self;
  private final Clock clock;
  private final Vertx vertx;
  private final Ends ends;
  private final Set<Iri> changed = new LinkedHashSet<>();
  private final Set<Iri> fresh =
      new LinkedHashSet<>(); // of what changed, without what is told anew

  /**
   * Where what is told goes.
   *
   * @param state takes each announcement
   * @param values takes the values of one Entity, by its name
   */
  record Ends(Consumer<Notification> state, BiConsumer<Iri, Notification> values) {}

  /**
   * Nothing is told yet.
   *
   * @param self the IRI of this node, which is what the other calls its gateway
   */
  Announcer(EntityDirectory directory, Supplier<Iri> self, Clock clock, Vertx vertx, Ends ends) {
    this.directory = directory;
    this.self = self;
    this.clock = clock;
    this.vertx = vertx;
    this.ends = ends;
  }

  /** Says that this node is there, and everything that it knows. */
  void all() {
    changed.clear();
    Iri node = self.get();
    Graph gateway =
        Graph.builder().add(node, Rdf.TYPE, Types.GATEWAY).add(node, Rdf.TYPE, Types.NODE).build();
    tell(List.of(Entity.at(gateway, node)));
    directory.all(Set.of()).map(Entity::iri).flatMap(Optional::stream).forEach(changed::add);
    tellChanges();
  }

  /** Says what became of these, soon. */
  void changed(Collection<Iri> names) {
    if (changed.isEmpty()) vertx.setTimer(SOON_MILLIS, timer -> tellChanges());
    changed.addAll(names);
    fresh.addAll(names);
  }

  private void tellChanges() {
    List<Entity> there = new ArrayList<>();
    List<Iri> gone = new ArrayList<>();
    for (Iri name : changed) directory.find(name).ifPresentOrElse(there::add, () -> gone.add(name));
    there.removeIf(one -> one.types().contains(Types.SUBSCRIPTION)); // its own affair
    changed.clear();
    for (int i = 0; i < there.size(); i += AT_ONCE)
      tell(there.subList(i, Math.min(i + AT_ONCE, there.size())));
    for (Entity one : there) if (one.iri().filter(this::isToldHere).isPresent()) tellValues(one);
    fresh.clear();
    if (gone.isEmpty()) return;
    Notification.Builder removal = notification().method(Individuals.DELETE);
    for (Iri name : gone) {
      removal.property(SmartApi.ENTITY, name);
      removal.describe(Graph.builder().add(name, Rdf.TYPE, Types.ENTITY).build());
    }
    ends.state().accept(removal.build());
  }

  private void tell(List<Entity> entities) {
    Notification.Builder announcement = notification();
    for (Entity one : entities) {
      announcement.property(SmartApi.ENTITY, one.node());
      announcement.describe(Outlines.of(one));
    }
    ends.state().accept(announcement.build());
  }

  /** What a gateway manages it tells itself, and that is handed on as it comes. */
  private boolean isToldHere(Iri name) {
    return fresh.contains(name) && directory.isKeptHere(name);
  }

  private void tellValues(Entity entity) {
    Graph values = Outlines.values(entity);
    if (values.size() == 0) return;
    Activity.Builder told =
        new Activity.Builder(new Blank())
            .method(Individuals.NOTIFY)
            .property(SmartApi.ENTITY, entity.node())
            .describe(values);
    ends.values().accept(entity.iri().orElseThrow(), notification().activity(told.build()).build());
  }

  private Notification.Builder notification() {
    return new Notification.Builder(new Iri("urn:uuid:" + UUID.randomUUID()))
        .generatedBy(self.get())
        .generatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }
}
