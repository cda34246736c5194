package io.mestral.verticles.smartrequest.platform;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Scope;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Sensor;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.EntitySource;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.bus.Home;
import io.mestral.verticles.follow.EveryDevice;
import io.mestral.verticles.ingestion.ReadingIngest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every device of the platform as an Entity. All are in memory, in few bytes each; Entities are
 * made of them when somebody asks. Public devices may be read by everybody; private ones, and
 * whatever else is done with any, are for their owners and administrators. Followed by a {@link
 * PlatformDevicesVerticle}, asked from any thread.
 */
public final class PlatformDevices implements EntitySource {
  private static final Logger log = LoggerFactory.getLogger(PlatformDevices.class);
  private static final long AGAIN_MILLIS = 1_000;

  private final Vertx vertx;
  private final Stores stores;
  private final Supplier<Reach> reach;
  private final Ontology ontology;
  private final Clock clock;
  private final KeptDevices devices;
  private final AtomicReference<Catalogue> catalogue = new AtomicReference<>(Catalogue.NONE);
  private final AtomicReference<Optional<Making>> making = new AtomicReference<>(Optional.empty());
  private final Promise<Void> ready = Promise.promise();
  private long catalogueReads; // on the event loop, like what follows
  private Optional<EveryDevice<KeptDevices.Beside>> followed = Optional.empty();

  /** What holds the devices, and what they measured. */
  public record Stores(Metadata metadata, ReadingStore readings) {}

  /**
   * Where the node is reached.
   *
   * @param publicUrl the base of all IRIs, without a slash at the end
   * @param access where it takes Smart API messages, {@code http} or {@code https}
   */
  public record Reach(String publicUrl, URI access) {}

  /** The sensors, and what they measure. */
  private record Catalogue(List<Sensor> sensors, Optional<Quantities> quantities) {
    static final Catalogue NONE = new Catalogue(List.of(), Optional.empty());
  }

  /** What makes Entities, as long as the catalogue is this one. */
  private record Making(Catalogue catalogue, DeviceEntity entities) {}

  /**
   * The devices of a platform.
   *
   * @param reach asked when the first Entity is made; where a node is reached may be known no
   *     earlier than it listens
   * @param ontology which types a device is of, beside its own
   */
  public PlatformDevices(
      Vertx vertx, Stores stores, Supplier<Reach> reach, Ontology ontology, Clock clock) {
    this.vertx = vertx;
    this.stores = stores;
    this.reach = reach;
    this.ontology = ontology;
    this.clock = clock;
    this.devices = new KeptDevices(stores.metadata());
  }

  /** Before anything else: the event loop that the devices belong to. */
  void follow(Home home) {
    followed = Optional.of(new EveryDevice<>(stores.metadata().devices(), home, devices));
  }

  /** Begins to read all devices. */
  void read(Home home) {
    EveryDevice<KeptDevices.Beside> every = followed.orElseThrow();
    again(
        home,
        () -> readCatalogue(home).compose(read -> every.ready()).onSuccess(ready::tryComplete));
  }

  /** A device was made, changed or archived, or has a component more. */
  void changed(Home home, DeviceId device) {
    EveryDevice<KeptDevices.Beside> every = followed.orElseThrow();
    every.changed(device).onFailure(lost -> again(home, every::ready));
  }

  /** Sensors were added or changed. */
  void catalogueChanged(Home home) {
    again(home, () -> readCatalogue(home));
  }

  /** Until it succeeds: nobody else would begin with it once more. */
  private void again(Home home, Supplier<Future<Void>> reading) {
    reading
        .get()
        .onFailure(
            failure -> {
              log.warn("devices can't be read for the Smart API: {}", failure.toString());
              vertx.setTimer(
                  AGAIN_MILLIS, later -> home.context().runOnContext(turn -> again(home, reading)));
            });
  }

  /** The first use of the units takes its time. */
  private Future<Void> readCatalogue(Home home) {
    long number = ++catalogueReads;
    Future<Catalogue> read =
        stores
            .metadata()
            .catalogue()
            .sensors()
            .compose(
                sensors ->
                    vertx.executeBlocking(
                        () -> new Catalogue(sensors, Optional.of(new Quantities(Units.shared())))));
    return home.back(read)
        .map(
            found -> {
              if (number == catalogueReads) catalogue.set(found); // else a later one knows better
              return null;
            });
  }

  /** Succeeds when all devices were read. */
  public Future<Void> ready() {
    return ready.future();
  }

  /** What a device is called; empty when it isn't known, or not yet. */
  public Optional<Iri> name(DeviceId device) {
    if (!ready.future().isComplete()) return Optional.empty();
    return devices.uuid(device).map(uuid -> entities().iris().device(uuid));
  }

  @Override
  public Optional<Entity> find(Iri iri) {
    DeviceEntity entities = entities();
    return kept(entities, iri).map(entities::outline);
  }

  @Override
  public Stream<Entity> all(Set<Iri> types) {
    DeviceEntity entities = entities();
    boolean any = types.isEmpty();
    for (Iri type : types) any |= ontology.isA(Types.DEVICE, type);
    return any ? devices.all().stream().map(entities::outline) : Stream.empty();
  }

  @Override
  public boolean allows(Asker asker, Entity outline, Iri method) {
    Optional<KeptDevice> device = outline.iri().flatMap(iri -> kept(entities(), iri));
    if (device.isEmpty()) return false;
    boolean reads = method.equals(Individuals.READ) || method.equals(Individuals.SUBSCRIBE);
    if (reads && !device.get().isPrivate()) return true;
    Scope needed = reads ? Scope.SMARTAPI_READ : Scope.SMARTAPI_WRITE;
    return mayManage(asker.principal(), device.get().owner(), needed);
  }

  private static boolean mayManage(Principal principal, UserId owner, Scope needed) {
    if (principal.isAdmin()) return true;
    return principal instanceof Principal.User user
        && user.id().equals(owner)
        && user.authority().allows(needed);
  }

  /**
   * The same Entities with their values; those of devices that are gone meanwhile are left out.
   * Fails with TooLargeError for more than 1,000,000 values.
   */
  @Override
  public Future<List<Entity>> complete(
      List<Entity> outlines, Set<Iri> wanted, Optional<TimeRange> span) {
    DeviceEntity entities = entities();
    List<Completion.Open> open =
        outlines.stream().flatMap(outline -> open(entities, outline, wanted).stream()).toList();
    Completion completion = new Completion(vertx, stores.readings(), entities::equation);
    return span.isEmpty()
        ? completion.latest(open)
        : completion.series(open, inhabited(span.get()));
  }

  /** Where the values of a device's property are kept. */
  record Stored(Series series, Calibration equation) {}

  /** Of the value of this name of a device; empty when there is none. */
  Optional<Stored> stored(Iri device, Iri value) {
    DeviceEntity entities = entities();
    return kept(entities, device)
        .flatMap(
            found ->
                PlatformIris.sensorOf(device, value)
                    .filter(found.sensors()::contains)
                    .map(
                        sensor ->
                            new Stored(new Series(found.id(), sensor), entities.equation(sensor))));
  }

  private Optional<Completion.Open> open(DeviceEntity entities, Entity outline, Set<Iri> wanted) {
    Iri name = outline.iri().orElseThrow();
    return kept(entities, name)
        .map(
            device -> {
              Map<Iri, SensorId> sensors = new LinkedHashMap<>();
              for (Term value : outline.graph().objects(name, SmartApi.VALUE_OBJECT))
                if (value instanceof Iri iri && (wanted.isEmpty() || wanted.contains(iri)))
                  PlatformIris.sensorOf(name, iri).ifPresent(sensor -> sensors.put(iri, sensor));
              return new Completion.Open(outline, device.id(), sensors);
            });
  }

  /** What of the span can have readings in it: none are taken of other times. */
  private TimeRange inhabited(TimeRange span) {
    long latest = clock.instant().plus(ReadingIngest.TOLERANCE).getEpochSecond();
    return new TimeRange(
        Math.max(span.from(), ReadingIngest.EARLIEST.getEpochSecond()),
        Math.min(span.to(), latest));
  }

  private Optional<KeptDevice> kept(DeviceEntity entities, Iri iri) {
    return entities.iris().deviceOf(iri).flatMap(devices::find);
  }

  /** Made anew when the catalogue has changed. */
  private DeviceEntity entities() {
    Catalogue now = catalogue.get();
    Optional<Making> made = making.get();
    if (made.isPresent() && made.get().catalogue() == now) return made.get().entities();
    if (!ready.future().isComplete())
      throw new SmartApiException(
          ErrorType.SERVER_ERROR, "The node is still reading its devices. Ask again in a moment.");
    Reach here = reach.get();
    DeviceEntity entities =
        new DeviceEntity(
            new PlatformIris(here.publicUrl()),
            here.access(),
            now.sensors(),
            now.quantities().orElseThrow());
    making.set(Optional.of(new Making(now, entities)));
    return entities;
  }
}
