package io.mestral.verticles.http.search;

import io.mestral.model.platform.Countries;
import io.mestral.model.platform.FoldedText;
import io.mestral.model.platform.Tag;
import io.mestral.storage.DeviceTags;
import io.mestral.storage.Paging;
import io.mestral.storage.TextSearch;
import io.mestral.storage.TextSearch.Hit;
import io.mestral.verticles.geography.City;
import io.mestral.verticles.geography.Geography;
import io.mestral.verticles.http.device.UserPicture;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Pagination;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@code GET /v0/search} (spec 2.14): a few towns, a few tags, then devices and people. What is
 * private, or a test, is not found.
 */
public final class SearchResource {
  private static final int MOST_OF_A_SORT = 5;
  private static final int LONGEST_QUESTION = 200;

  private final DeviceTags tags;
  private final TextSearch texts;
  private final Supplier<Geography> world;
  private final UserPicture pictures;

  /** Looks there. */
  public SearchResource(
      DeviceTags tags, TextSearch texts, Supplier<Geography> world, UserPicture pictures) {
    this.tags = tags;
    this.texts = texts;
    this.world = world;
    this.pictures = pictures;
  }

  /** What fits {@code q}, in pages. */
  public Future<Answer> list(Exchange exchange) {
    Optional<String> question = exchange.params().text("q").map(SearchResource::cut);
    if (question.isEmpty()) return Future.succeededFuture(warning());
    Pagination pagination = Pagination.of(exchange);
    List<String> words = FoldedText.words(question.get());
    if (words.isEmpty()) return Future.succeededFuture(pagination.answer(0, none -> {}));
    String base = base(exchange);
    return tags.all()
        .compose(
            all -> {
              List<Consumer<JsonWriter>> first = new ArrayList<>();
              for (City city : world.get().named(question.get(), MOST_OF_A_SORT))
                first.add(json -> city(json, city));
              all.stream()
                  .filter(tag -> has(tag, words))
                  .limit(MOST_OF_A_SORT)
                  .forEach(tag -> first.add(json -> tag(json, tag, base)));
              return rest(first, words, pagination, base);
            });
  }

  /** Of what the texts have, that which follows the towns and tags on this page. */
  private Future<Answer> rest(
      List<Consumer<JsonWriter>> first, List<String> words, Pagination pagination, String base) {
    Paging paging = pagination.paging();
    int from = (int) Math.min(first.size(), paging.offset());
    int to = (int) Math.min(first.size(), paging.offset() + paging.size());
    long skipped = Math.max(0, paging.offset() - first.size());
    int wanted = paging.size() - (to - from);
    List<String> asked = words.subList(0, Math.min(words.size(), TextSearch.MOST_WORDS));
    return texts
        .find(asked, skipped, wanted)
        .map(
            page ->
                pagination.answer(
                    first.size() + page.total(),
                    json -> {
                      first.subList(from, to).forEach(each -> each.accept(json));
                      page.items().forEach(hit -> hit(json, hit, base));
                    }));
  }

  private static String cut(String question) {
    return question.substring(0, Math.min(question.length(), LONGEST_QUESTION));
  }

  private static Answer warning() {
    return Answer.ok(
        json ->
            json.object(() -> json.field("Warning", "No query parameter. Use: /search?q=london")));
  }

  /** Links lead where the question came, with the version that all of them have. */
  private static String base(Exchange exchange) {
    String address = exchange.address().replaceAll("/+$", "").replaceAll("\\.json$", "");
    String root = address.replaceAll("/search$", "");
    return root.endsWith("/v0") ? root : root + "/v0";
  }

  private static boolean has(Tag tag, List<String> words) {
    String text = FoldedText.of(List.of(tag.name()));
    return words.stream().allMatch(word -> text.contains(" " + word));
  }

  private static void city(JsonWriter json, City city) {
    json.object(
        () -> {
          json.field("type", "City")
              .field("city", city.name())
              .field("name", city.name())
              .field("layer", "locality");
          country(json, Optional.of(city.countryCode()));
          json.field("latitude", city.latitude()).field("longitude", city.longitude());
        });
  }

  private static void tag(JsonWriter json, Tag tag, String base) {
    String name = URLEncoder.encode(tag.name(), StandardCharsets.UTF_8).replace("+", "%20");
    json.object(
        () ->
            json.field("id", tag.id())
                .field("type", "Tag")
                .field("name", tag.name())
                .field("description", tag.description())
                .field("url", base + "/devices?with_tags=" + name));
  }

  private void hit(JsonWriter json, Hit hit, String base) {
    if (hit instanceof Hit.OfDevice device) device(json, device, base);
    else user(json, (Hit.OfUser) hit, base);
  }

  private static void device(JsonWriter json, Hit.OfDevice device, String base) {
    json.object(
        () -> {
          json.field("id", device.id().value())
              .field("type", "Device")
              .field("name", device.name())
              .field("description", device.description())
              .field("owner_id", device.owner().value())
              .field("owner_username", device.ownerName())
              .field("city", device.city())
              .field("url", base + "/devices/" + device.id().value());
          country(json, device.countryCode());
        });
  }

  private void user(JsonWriter json, Hit.OfUser user, String base) {
    json.object(
        () -> {
          json.field("id", user.id().value())
              .field("type", "User")
              .field("username", user.username())
              .field("profile_picture", pictures.of(user.picture()))
              .field("city", user.city())
              .field("url", base + "/users/" + user.id().value());
          country(json, user.countryCode());
        });
  }

  private static void country(JsonWriter json, Optional<String> code) {
    json.field("country_code", code).field("country", Countries.name(code));
  }
}
