package io.mestral.verticles.smartrequest.outgoing;

import io.mestral.model.platform.Gateway;
import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Types;
import io.mestral.storage.GatewayRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where gateways are called over HTTP, as they announced it of themselves. */
final class Interfaces {
  private static final Logger LOG = LoggerFactory.getLogger(Interfaces.class);

  private final EntityDirectory directory;
  private final GatewayRegistry gateways;
  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private final Map<Iri, String> names = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Iri> changed = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isLooking = new AtomicBoolean();

  Interfaces(EntityDirectory directory, GatewayRegistry gateways) {
    this.directory = directory;
    this.gateways = gateways;
  }

  /** Looks at all that is known, and at what changes from now on. */
  void open() {
    directory.watch(this::changed);
    changed(directory.all(Set.of(Types.GATEWAY)).flatMap(one -> one.iri().stream()).toList());
  }

  /** Where a gateway is, and which one that was: another may have its name by now. */
  record Place(Iri iri, Target target) {}

  Optional<Place> of(String gateway) {
    return Optional.ofNullable(places.get(gateway));
  }

  private void changed(Collection<Iri> iris) {
    iris.stream().filter(this::matters).forEach(changed::add);
    look();
  }

  /** Most of what changes is no gateway. */
  private boolean matters(Iri iri) {
    return names.containsKey(iri) || directory.find(iri).flatMap(Target::of).isPresent();
  }

  /** One after the other, so that what was said last counts. */
  private void look() {
    while (!changed.isEmpty() && isLooking.compareAndSet(false, true)) {
      Iri next = changed.poll();
      boolean isUnderWay = next != null && look(next);
      if (isUnderWay) return;
      isLooking.set(false);
    }
  }

  /** Whether it takes a while. */
  private boolean look(Iri iri) {
    Optional<Entity> entity = directory.find(iri);
    Optional<Target> target = entity.flatMap(Target::of);
    Optional<String> by = entity.flatMap(one -> directory.managers(one).stream().findFirst());
    if (target.isEmpty() || by.isEmpty()) {
      forget(iri);
      return false;
    }
    gateways
        .find(by.get())
        .onSuccess(
            found -> {
              forget(iri);
              if (found.map(Gateway::iri).filter(iri.value()::equals).isEmpty()) return;
              names.put(iri, by.get());
              places.put(by.get(), new Place(iri, target.get()));
            })
        .onFailure(
            lost -> LOG.warn("it can't be found out who {} is: {}", by.get(), lost.toString()))
        .onComplete(
            done -> {
              isLooking.set(false);
              look();
            });
    return true;
  }

  private void forget(Iri iri) {
    String name = names.remove(iri);
    if (name != null) places.remove(name);
  }
}
