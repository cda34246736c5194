package io.mestral.node.command;

import io.mestral.node.Console;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** {@code admin where}: what became of a Smart API request, step by step. */
record AdminWhere(Console console) {
  private static final String PATH = "/ops/v1/requests/";
  private static final String ROW = "%-24s  %-16s  %-20s  %s";

  void run(List<String> args) {
    Arguments arguments = Arguments.parse(args, AdminApi.OPTIONS, Set.of("--json"));
    if (arguments.words().size() != 1)
      throw new UsageError("exactly one ID of a request is needed: its IRI, or its number");
    String id = URLEncoder.encode(arguments.words().get(0), StandardCharsets.UTF_8);
    for (JsonObject request : AdminApi.from(arguments).get(PATH + id)) {
      List<JsonObject> hops =
          request.getJsonArray("hops").stream().map(JsonObject.class::cast).toList();
      if (arguments.has("--json")) hops.forEach(hop -> console.out().println(hop.encode()));
      else print(hops);
    }
  }

  private void print(List<JsonObject> hops) {
    console.out().println(ROW.formatted("AT", "WHAT", "WITH", "NODE").stripTrailing());
    for (JsonObject hop : hops)
      console
          .out()
          .println(
              ROW.formatted(
                      hop.getString("at"),
                      hop.getString("what"),
                      hop.getString("with"),
                      hop.getString("node"))
                  .stripTrailing());
  }
}
