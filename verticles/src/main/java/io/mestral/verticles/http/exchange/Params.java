package io.mestral.verticles.http.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a request, flat, wherever they came from: what stands in the body wins over
 * what stands in the query (spec 2.1).
 */
public final class Params {
  private static final Set<String> NO = Set.of("false", "0", "f", "off", "no");

  private final Map<String, JsonNode> values;

  private Params(Map<String, JsonNode> values) {
    this.values = values;
  }

  /** Texts from query and form; the later of two with one name wins. */
  public static Params of(Iterable<Map.Entry<String, String>> texts) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Map.Entry<String, String> text : texts)
      values.put(text.getKey(), TextNode.valueOf(text.getValue()));
    return new Params(values);
  }

  /** These and the members of a JSON body, which win. */
  public Params with(ObjectNode body) {
    Map<String, JsonNode> both = new LinkedHashMap<>(values);
    body.fields().forEachRemaining(member -> both.put(member.getKey(), member.getValue()));
    return new Params(both);
  }

  /** Those with these names alone. */
  public Params only(String... names) {
    Map<String, JsonNode> some = new LinkedHashMap<>(values);
    some.keySet().retainAll(Set.of(names));
    return new Params(some);
  }

  /** The names given. */
  public Set<String> names() {
    return values.keySet();
  }

  /** Whether the parameter was given, be it as {@code null}. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The value as JSON; {@code null} of JSON when it is absent. */
  public JsonNode node(String name) {
    return values.getOrDefault(name, NullNode.getInstance());
  }

  /** The value as text; empty when it is absent, {@code null}, blank, or no scalar. */
  public Optional<String> text(String name) {
    JsonNode value = node(name);
    if (value.isNull() || !value.isValueNode() || value.asText().isBlank()) return Optional.empty();
    return Optional.of(value.asText());
  }

  /** Whether the value says yes; empty when it says nothing. */
  public Optional<Boolean> flag(String name) {
    return text(name).map(text -> !NO.contains(text.toLowerCase(Locale.ROOT)));
  }

  /** Ends the request unless each is given; {@code a||b} asks for one of the two. */
  public void require(String... names) {
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      String[] alternatives = name.split("\\|\\|");
      if (Arrays.stream(alternatives).noneMatch(each -> text(each).isPresent()))
        missing.add(String.join(" OR ", alternatives));
    }
    if (!missing.isEmpty()) throw Problem.parameterMissing(missing);
  }
}
