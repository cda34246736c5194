package io.mestral.verticles.http.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.mestral.model.access.Secret;
import io.mestral.storage.search.Attribute;
import io.mestral.storage.search.Condition;
import io.mestral.storage.search.Kind;
import io.mestral.storage.search.Search;
import io.mestral.storage.search.Sort;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.WholeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a search and an order from the parameters {@code q[…]}. What is blank counts as not given,
 * and what can't be searched by ends the request, rather than showing what wasn't asked for.
 */
public final class SearchReader {
  /** How many terms a search may have. */
  static final int MOST_TERMS = 64;

  /** How many values, and how many attributes compared with one, in all. */
  static final int MOST_VALUES = 200;

  /** Characters. */
  static final int LONGEST_VALUE = 1_000;

  private static final String GROUP = "q";
  private static final Pattern KEY = Pattern.compile("q\\[([^\\[\\]]*)](\\[\\d*])?");
  private static final Set<String> ORDERS = Set.of("s", "sorts", "sort");
  private static final Pattern ORDER = Pattern.compile("(\\S+)(?:\\s+(\\S+))?");

  private final Values values;

  /**
   * @param tokenHash what is kept of a token, which a device may be found by
   */
  public SearchReader(Function<Secret, String> tokenHash) {
    values = new Values(tokenHash);
  }

  /** What the request asks of a list of such things. */
  public Search read(Exchange exchange, Searchable things) {
    Map<String, List<String>> given = given(exchange);
    List<Condition> conditions = new ArrayList<>();
    List<Sort> sorts = new ArrayList<>();
    given.forEach(
        (term, texts) -> {
          if (ORDERS.contains(term)) texts.forEach(text -> addSorts(sorts, text, things));
          else Term.read(term, things).condition(texts, values).ifPresent(conditions::add);
        });
    long compared = conditions.stream().flatMap(Condition::attributes).count();
    if (sorts.size() > MOST_TERMS || compared > MOST_VALUES) throw tooMuch();
    return new Search(conditions, sorts);
  }

  private static void addSorts(List<Sort> sorts, String text, Searchable things) {
    for (String part : text.split(",")) {
      Matcher order = ORDER.matcher(part.strip());
      if (part.isBlank()) continue;
      if (!order.matches()) throw Problem.searchTerm(text);
      Attribute attribute =
          things
              .find(order.group(1))
              .filter(found -> !found.isMany() && found.field().kind() != Kind.TOKEN)
              .orElseThrow(() -> Problem.searchTerm(text));
      String direction = order.group(2) == null ? "asc" : order.group(2);
      sorts.add(
          switch (direction.toLowerCase(Locale.ROOT)) {
            case "asc" -> new Sort(attribute, false);
            case "desc" -> new Sort(attribute, true);
            default -> throw Problem.searchTerm(text);
          });
    }
  }

  /** The terms with those of their values that aren't blank, in the order they came in. */
  private static Map<String, List<String>> given(Exchange exchange) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    exchange.query().forEach(each -> addNamed(given, each.getKey(), each.getValue()));
    Params params = exchange.params();
    for (String name : params.names())
      if (exchange.query().stream().noneMatch(each -> each.getKey().equals(name)))
        params.text(name).ifPresent(text -> addNamed(given, name, text));
    params
        .node(GROUP)
        .fields()
        .forEachRemaining(member -> addAll(given, member.getKey(), member.getValue()));
    checkSize(given);
    return given;
  }

  private static void addNamed(Map<String, List<String>> given, String name, String text) {
    if (!name.startsWith("q[")) return;
    Matcher key = KEY.matcher(name);
    if (!key.matches()) throw Problem.searchTerm(name.substring(2));
    add(given, key.group(1), text);
  }

  private static void addAll(Map<String, List<String>> given, String term, JsonNode node) {
    if (node.isArray()) node.forEach(each -> add(given, term, each.asText()));
    else add(given, term, node.asText());
  }

  private static void add(Map<String, List<String>> given, String term, String text) {
    if (text.length() > LONGEST_VALUE || !WholeText.is(text)) throw Problem.searchTerm(term);
    if (!text.isBlank()) given.computeIfAbsent(term, none -> new ArrayList<>()).add(text);
  }

  private static void checkSize(Map<String, List<String>> given) {
    int all = given.values().stream().mapToInt(List::size).sum();
    if (given.size() > MOST_TERMS || all > MOST_VALUES) throw tooMuch();
  }

  private static Problem tooMuch() {
    return Problem.short400(
        "A search has at most " + MOST_TERMS + " terms and " + MOST_VALUES + " values");
  }
}
