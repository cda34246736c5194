package io.mestral.verticles.http.device;

import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Selection;
import io.mestral.storage.search.Near;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.Viewer;
import io.mestral.verticles.http.query.SearchReader;
import io.mestral.verticles.http.query.Searchable;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists of devices (spec 2.4, 2.5): searched, near a place, in pages. */
final class DeviceList {
  private static final Pattern PLACE =
      Pattern.compile("(-?\\d{1,9}(?:\\.\\d{1,18})?), *(-?\\d{1,9}(?:\\.\\d{1,18})?)");
  private static final Pattern KILOMETRES = Pattern.compile("\\d{1,9}(\\.\\d{1,18})?");
  private static final String USUAL_KILOMETRES = "1000";

  private final DeviceRegistry registry;
  private final DeviceViews views;
  private final SearchReader searches;
  private final LastHeard heard;

  DeviceList(DeviceRegistry registry, DeviceViews views, SearchReader searches, LastHeard heard) {
    this.registry = registry;
    this.views = views;
    this.searches = searches;
    this.heard = heard;
  }

  /** How a device is written for somebody. */
  @FunctionalInterface
  interface Form {
    void write(JsonWriter json, DeviceView view, Viewer viewer);
  }

  /** Succeeds with the page that the request asks for. */
  Future<Answer> page(Exchange exchange, Form form) {
    Pagination pagination = Pagination.ofSearch(exchange);
    Viewer viewer = exchange.viewer();
    Selection selection = selection(exchange);
    if (exchange.params().text("with_tags").isPresent()) // there are no tags, so none has any
    return Future.succeededFuture(pagination.answer(0, none -> {}));
    return heard
        .with(selection)
        .compose(complete -> registry.list(complete, pagination.paging()))
        .compose(
            page ->
                views
                    .of(page.items())
                    .map(
                        shown ->
                            pagination.answer(
                                page.total(),
                                json -> shown.forEach(view -> form.write(json, view, viewer)))));
  }

  private Selection selection(Exchange exchange) {
    Viewer viewer = exchange.viewer();
    Selection asked =
        Selection.of(viewer.visibility(), searches.read(exchange, Searchable.devices(viewer)));
    return near(exchange.params()).map(asked::near).orElse(asked);
  }

  private static Optional<Near> near(Params params) {
    Optional<String> place = params.text("near");
    if (place.isEmpty()) return Optional.empty();
    Matcher form = PLACE.matcher(place.get().strip());
    if (!form.matches()) throw Problem.malformedNear();
    double latitude = Double.parseDouble(form.group(1));
    double longitude = Double.parseDouble(form.group(2));
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw Problem.malformedNear();
    return Optional.of(new Near(latitude, longitude, within(params)));
  }

  private static double within(Params params) {
    String kilometres = params.text("within").orElse(USUAL_KILOMETRES).strip();
    if (!KILOMETRES.matcher(kilometres).matches())
      throw Problem.short400("The within parameter must be a number of kilometres");
    return Double.parseDouble(kilometres);
  }
}
