package io.mestral.verticles.http.exchange;

import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Lists in pages: which one is asked for, and the headers that lead to the others (spec 2.4). */
public final class Pagination {
  private static final int DEFAULT_SIZE = 25;

  private final Exchange exchange;
  private final Paging paging;

  private Pagination(Exchange exchange, Paging paging) {
    this.exchange = exchange;
    this.paging = paging;
  }

  /**
   * The page that the request names; what isn't a usable number counts as not given. Ends the
   * request when it has a search that isn't offered, rather than showing what wasn't asked for.
   */
  public static Pagination of(Exchange exchange) {
    Params params = exchange.params();
    for (String name : params.names())
      if (name.startsWith("q[") && params.text(name).isPresent())
        throw Problem.searchTerm(name.substring(2).replaceAll("](\\[])?$", ""));
    return ofSearch(exchange);
  }

  /** The same of a list that can be searched; what is searched for is somebody else's to read. */
  public static Pagination ofSearch(Exchange exchange) {
    Params params = exchange.params();
    int number = params.text("page").map(text -> number(text, 1)).orElse(1);
    int size = params.text("per_page").map(text -> number(text, DEFAULT_SIZE)).orElse(DEFAULT_SIZE);
    return new Pagination(exchange, new Paging(number, Math.min(size, Paging.MAX_SIZE)));
  }

  /** Which part of the list is asked for. */
  public Paging paging() {
    return paging;
  }

  /** That part of a list that is in memory whole. */
  public <T> Page<T> cut(List<T> all) {
    int from = (int) Math.min(paging.offset(), all.size());
    int to = Math.min(from + paging.size(), all.size());
    return new Page<>(all.subList(from, to), all.size());
  }

  /** The page as an array, with the headers. */
  public Answer answer(long total, Consumer<JsonWriter> elements) {
    Answer answer =
        Answer.ok(json -> json.array(() -> elements.accept(json)))
            .with("Total", Long.toString(total))
            .with("Per-Page", Integer.toString(paging.size()));
    return links(total).map(links -> answer.with("Link", links)).orElse(answer);
  }

  private Optional<String> links(long total) {
    long last = Math.max(1, (total + paging.size() - 1) / paging.size());
    if (last == 1) return Optional.empty();
    int page = paging.number();
    List<String> links = new ArrayList<>();
    if (page > 1) {
      links.add(link(1, "first"));
      links.add(link(Math.min(page - 1, last), "prev"));
    }
    if (page < last) {
      links.add(link(last, "last"));
      links.add(link(page + 1, "next"));
    }
    return Optional.of(String.join(", ", links));
  }

  private String link(long page, String relation) {
    List<Map.Entry<String, String>> query = new ArrayList<>(exchange.query());
    query.removeIf(each -> each.getKey().equals("page"));
    query.add(Map.entry("page", Long.toString(page)));
    String text =
        query.stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
            .collect(Collectors.joining("&"));
    return "<" + exchange.address() + "?" + text + ">; rel=\"" + relation + "\"";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A number that is too large is a very large one. */
  private static int number(String text, int otherwise) {
    String given = text.trim();
    if (!given.matches("\\d+")) return otherwise;
    int number = given.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(given);
    return number < 1 ? otherwise : number;
  }
}
