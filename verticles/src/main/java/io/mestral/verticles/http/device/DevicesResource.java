package io.mestral.verticles.http.device;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.DeviceTokenEnds;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.geography.Geography;
import io.mestral.verticles.http.catalogue.CatalogueCache;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Viewer;
import io.mestral.verticles.http.query.SearchReader;
import io.mestral.verticles.ingestion.DeviceChanges;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** {@code /v0/devices} (spec 2.5). */
public final class DevicesResource {

  private final DeviceRegistry registry;
  private final DeviceTokenEnds ends;
  private final DeviceMarking marking;
  private final DeviceLookup lookup;
  private final DeviceChanges changes;
  private final DeviceViews views;
  private final DeviceList lists;
  private final DevicePresenter presenter;
  private final Placement placement =
      new Placement(new SecureRandom()::nextDouble, Geography::shipped);
  private final TokenVault vault;
  private final Clock clock;

  /**
   * @param sources where devices and what is shown of them are kept
   */
  public DevicesResource(Sources sources, DeviceChanges changes, TokenVault vault, Clock clock) {
    this.registry = sources.metadata().devices();
    this.ends = sources.metadata().deviceTokenEnds();
    this.marking = new DeviceMarking(sources.metadata(), clock);
    this.lookup = new DeviceLookup(registry);
    this.changes = changes;
    this.views = new DeviceViews(sources.metadata(), sources.readings(), sources.catalogue());
    this.lists =
        new DeviceList(
            registry,
            views,
            new SearchReader(vault::hash),
            new LastHeard(registry, sources.readings()));
    this.presenter = new DevicePresenter(vault, sources.pictures(), clock);
    this.vault = vault;
    this.clock = clock;
  }

  /** Where devices and what is shown of them are kept. */
  public record Sources(
      Metadata metadata, ReadingStore readings, CatalogueCache catalogue, UserPicture pictures) {}

  /** The same devices in the form of version 1. */
  public VersionOneResource versionOne() {
    VersionOnePresenter other =
        new VersionOnePresenter(
            device -> device.token().flatMap(vault::open).map(Secret::reveal),
            presenter.pictures(),
            clock);
    return new VersionOneResource(lookup, views, lists, other);
  }

  /** The devices of a user, shown as here. */
  public UserDevices ofUsers() {
    return new UserDevices(registry, views, presenter);
  }

  /** Those the viewer may see, searched and in pages. */
  public Future<Answer> list(Exchange exchange) {
    return lists.page(exchange, presenter::write);
  }

  /** One device. */
  public Future<Answer> show(Exchange exchange) {
    return lookup.visible(exchange).compose(device -> answer(200, device, exchange.viewer()));
  }

  /** Makes a device of the caller's. */
  public Future<Answer> create(Exchange exchange) {
    Viewer viewer = exchange.viewer();
    Device blank = blank(viewer.signedIn().id(), Optional.empty(), clock.instant());
    return add(blank, exchange.params(), viewer)
        .onSuccess(made -> exchange.deed().about("device " + made.id(), made.owner()))
        .compose(made -> answer(201, made, viewer));
  }

  /** Makes a device of the viewer's that has a token already. */
  public Future<Device> register(Params params, Viewer viewer, SealedToken token) {
    return add(blank(viewer.signedIn().id(), Optional.of(token), clock.instant()), params, viewer);
  }

  private Future<Device> add(Device blank, Params params, Viewer viewer) {
    return checked(blank, params, viewer)
        .compose(
            fine ->
                marking
                    .wanted(params, viewer)
                    .compose(marks -> add(fine).compose(made -> tie(made, marks))));
  }

  /** Told once more, where there is something: who looked meanwhile didn't see it. */
  private Future<Device> tie(Device kept, DeviceMarking.Wanted marks) {
    Future<Device> tied = marking.put(kept, marks);
    return marks.isNothing() ? tied : tied.onSuccess(changes::changed);
  }

  /** Told at once: what comes after may fail, and the device is there all the same. */
  private Future<Device> add(Device draft) {
    return registry
        .add(draft)
        .onSuccess(changes::changed)
        .onFailure(
            failure -> {
              if (DeviceChanges.mayBeKept(failure)) changes.changed(draft);
            });
  }

  /** Changes what is given. */
  public Future<Answer> update(Exchange exchange) {
    return lookup
        .managed(exchange)
        .compose(
            before ->
                checked(before, exchange.params(), exchange.viewer())
                    .compose(fine -> marking.wanted(exchange.params(), exchange.viewer()))
                    .compose(marks -> update(before, exchange).compose(kept -> tie(kept, marks))))
        .compose(changed -> answer(200, changed, exchange.viewer()));
  }

  /** Told at once, as in {@link #add}. */
  private Future<Device> update(Device before, Exchange exchange) {
    boolean setsToken = isAnotherToken(before, exchange);
    Consumer<Device> told = setsToken ? changes::tokenLost : changes::changed;
    return registry
        .update(before.id(), change(exchange))
        .compose(
            kept -> setsToken ? ends.forget(kept.id()).map(kept) : Future.succeededFuture(kept))
        .onSuccess(told::accept)
        .onFailure(
            failure -> {
              if (DeviceChanges.mayBeKept(failure)) told.accept(before);
            });
  }

  /** The same token again is no other: what was said of its end holds. */
  private boolean isAnotherToken(Device before, Exchange exchange) {
    if (!DeviceForm.setsToken(exchange.params())) return false;
    Optional<String> wanted =
        exchange.params().text("device_token").map(text -> vault.hash(Secret.of(text)));
    return !wanted.equals(before.token().map(SealedToken::hash));
  }

  /** Archives a device: it is gone for everybody at once. */
  public Future<Answer> delete(Exchange exchange) {
    return lookup
        .managed(exchange)
        .compose(
            device ->
                registry
                    .archive(device.id(), clock.instant())
                    .onSuccess(gone -> changes.tokenLost(device))
                    .onFailure(
                        failure -> {
                          if (DeviceChanges.mayBeKept(failure)) changes.tokenLost(device);
                        }))
        .map(gone -> Answer.done());
  }

  /** What the request changes, for the device as it is then: others may be changing it too. */
  private UnaryOperator<Device> change(Exchange exchange) {
    Params params = exchange.params();
    Viewer viewer = exchange.viewer();
    Instant now = clock.instant();
    return before -> {
      DeviceForm form = new DeviceForm(params, viewer);
      Device wanted = form.apply(before, vault, placement, now);
      form.errors().throwIfAny();
      return wanted;
    };
  }

  private Future<Device> checked(Device before, Params params, Viewer viewer) {
    DeviceForm form = new DeviceForm(params, viewer);
    Device wanted = form.apply(before, vault, placement, clock.instant());
    return isTokenFree(wanted)
        .map(
            free -> {
              if (!free) form.errors().add("device_token", FieldErrors.TAKEN);
              form.errors().throwIfAny();
              return wanted;
            });
  }

  /** Asked beforehand so that all errors are told at once; the registry has the last word. */
  private Future<Boolean> isTokenFree(Device wanted) {
    Optional<SealedToken> token = wanted.token();
    if (token.isEmpty()) return Future.succeededFuture(true);
    return registry
        .findByToken(token.get().hash())
        .map(holder -> holder.map(found -> found.id().equals(wanted.id())).orElse(true));
  }

  private Future<Answer> answer(int status, Device device, Viewer viewer) {
    return views
        .of(List.of(device))
        .map(shown -> Answer.json(status, json -> presenter.write(json, shown.get(0), viewer)));
  }

  private static Device blank(UserId owner, Optional<SealedToken> token, Instant now) {
    return new Device(
        new DeviceId(0),
        UUID.randomUUID(),
        owner,
        "",
        Optional.empty(),
        token,
        Optional.empty(),
        Location.UNKNOWN,
        Hardware.UNKNOWN,
        DevicePolicy.DEFAULT,
        Optional.empty(),
        now,
        now);
  }
}
