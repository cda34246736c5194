package io.mestral.node.command;

import io.mestral.node.Console;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code admin audit}: what people did, the newest first. */
record AdminAudit(Console console) {
  private static final int MOST = 1000;
  private static final int USUAL = 50;
  private static final String JSON = "--json";
  private static final List<String> FILTERS =
      List.of("--user", "--actor", "--action", "--from", "--to");

  void run(List<String> args) {
    Set<String> options = new HashSet<>(AdminApi.OPTIONS);
    options.addAll(FILTERS);
    options.add("--limit");
    Arguments arguments = Arguments.parse(args, options, Set.of(JSON));
    arguments.refuseWords();
    StringBuilder path = new StringBuilder("/ops/v1/audit?per_page=");
    path.append(arguments.count("--limit", MOST).orElse(USUAL));
    for (String filter : FILTERS)
      arguments
          .find(filter)
          .ifPresent(value -> path.append('&' + filter.substring(2) + '=' + encoded(value)));
    List<JsonObject> found = AdminApi.from(arguments).get(path.toString());
    if (arguments.has(JSON)) found.forEach(each -> console.out().println(each.encode()));
    else table(found).lines().forEach(console.out()::println);
  }

  private static Table table(List<JsonObject> entries) {
    Table table = new Table("AT", "WHO", "WHAT", "ON", "FIELDS", "FROM", "STATUS");
    for (JsonObject entry : entries)
      table.row(
          text(entry, "at"),
          Optional.ofNullable(entry.getString("actor")).orElse(text(entry, "actor_id")),
          text(entry, "action"),
          text(entry, "object"),
          entry.getJsonArray("fields", new JsonArray()).stream()
              .map(String::valueOf)
              .collect(Collectors.joining(" ")),
          text(entry, "address"),
          text(entry, "status"));
    return table;
  }

  private static String text(JsonObject entry, String name) {
    Object value = entry.getValue(name);
    return value == null ? "" : value.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
