package io.mestral.verticles.http.device;

import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Selection;
import io.mestral.storage.search.Association;
import io.mestral.storage.search.Attribute;
import io.mestral.storage.search.Condition;
import io.mestral.storage.search.Condition.Holds;
import io.mestral.storage.search.Match.Among;
import io.mestral.storage.search.Near;
import io.mestral.storage.search.Search;
import io.mestral.storage.search.TagField;
import io.mestral.storage.search.Value;
import io.mestral.storage.search.Value.Text;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.Viewer;
import io.mestral.verticles.http.exchange.WholeText;
import io.mestral.verticles.http.query.SearchReader;
import io.mestral.verticles.http.query.Searchable;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lists of devices (spec 2.4, 2.5): searched, near a place, in pages. */
final class DeviceList {
  private static final Pattern PLACE =
      Pattern.compile("(-?\\d{1,9}(?:\\.\\d{1,18})?), *(-?\\d{1,9}(?:\\.\\d{1,18})?)");
  private static final Pattern KILOMETRES = Pattern.compile("\\d{1,9}(\\.\\d{1,18})?");
  private static final String USUAL_KILOMETRES = "1000";
  private static final int MOST_TAGS = 100;

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
    Search search = searches.read(exchange, Searchable.devices(viewer));
    Optional<Condition> tagged = tagged(exchange.params());
    Selection asked = Selection.of(viewer.visibility(), tagged.map(search::and).orElse(search));
    return near(exchange.params()).map(asked::near).orElse(asked);
  }

  /** Any of these, by their exact names. */
  private static Optional<Condition> tagged(Params params) {
    List<Value> names =
        params
            .text("with_tags")
            .map(text -> Arrays.stream(text.split("\\|")).map(String::strip))
            .orElseGet(Stream::empty)
            .filter(name -> !name.isEmpty() && WholeText.is(name))
            .limit(MOST_TAGS)
            .<Value>map(Text::new)
            .toList();
    Attribute name = Attribute.of(TagField.NAME).behind(Association.TAGS);
    return params.text("with_tags").map(given -> new Holds(name, new Among(names), true));
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
