package io.mestral.verticles.http.device;

import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.vertx.core.Future;
import java.util.List;

/** {@code /v1/devices} (spec 2.5): the same devices as in version 0, in another form. */
public final class VersionOneResource {
  private final DeviceLookup lookup;
  private final DeviceViews views;
  private final DeviceList lists;
  private final VersionOnePresenter presenter;

  VersionOneResource(
      DeviceLookup lookup, DeviceViews views, DeviceList lists, VersionOnePresenter presenter) {
    this.lookup = lookup;
    this.views = views;
    this.lists = lists;
    this.presenter = presenter;
  }

  /** Those the viewer may see, searched and in pages. */
  public Future<Answer> list(Exchange exchange) {
    return lists.page(exchange, presenter::write);
  }

  /** One device. */
  public Future<Answer> show(Exchange exchange) {
    return lookup
        .visible(exchange)
        .compose(device -> views.of(List.of(device)))
        .map(shown -> Answer.ok(json -> presenter.write(json, shown.get(0), exchange.viewer())));
  }
}
