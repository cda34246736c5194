package io.mestral.node.command;

import io.mestral.node.Console;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code admin edge …} and {@code admin uplink …}: how far edges are with what they bring. */
record AdminEdges(Console console) {
  private static final String EDGES = "/ops/v1/edges";
  private static final String UPLINK = "/ops/v1/uplink";
  private static final Set<String> TO_TELL = Set.of("pause", "resume");

  void edge(List<String> args) {
    String what = args.isEmpty() ? "" : args.get(0);
    if (what.equals("add")) {
      add(args.subList(1, args.size()));
      return;
    }
    Arguments arguments = behind(args);
    if (what.equals("list")) {
      arguments.refuseWords();
      print(AdminApi.from(arguments).get(EDGES));
    } else if (TO_TELL.contains(what)) {
      if (arguments.words().size() != 1) throw new UsageError("exactly one NAME is needed");
      String name = URLEncoder.encode(arguments.words().get(0), StandardCharsets.UTF_8);
      print(AdminApi.from(arguments).post(EDGES + "/" + name + "/" + what, new JsonObject()));
    } else throw new UsageError("admin edge can: add, list, pause, resume");
  }

  /** Prints the code, and nothing else. */
  private void add(List<String> args) {
    Set<String> options = new HashSet<>(AdminApi.OPTIONS);
    options.addAll(List.of("--broker", "--owner"));
    Arguments arguments = Arguments.parse(args, options, Set.of());
    if (arguments.words().size() != 1) throw new UsageError("exactly one NAME is needed");
    String broker =
        arguments
            .find("--broker")
            .orElseThrow(() -> new UsageError("edge add needs --broker mqtts://HOST"));
    JsonObject edge = new JsonObject().put("name", arguments.words().get(0)).put("url", broker);
    arguments.find("--owner").ifPresent(owner -> edge.put("owner", owner));
    AdminApi.from(arguments)
        .post(EDGES, edge)
        .forEach(made -> console.out().println(made.getString("code")));
  }

  void uplink(List<String> args) {
    String what = args.isEmpty() ? "" : args.get(0);
    Arguments arguments = behind(args);
    arguments.refuseWords();
    if (what.equals("show")) print(AdminApi.from(arguments).get(UPLINK));
    else if (TO_TELL.contains(what))
      print(AdminApi.from(arguments).post(UPLINK + "/" + what, new JsonObject()));
    else throw new UsageError("admin uplink can: show, pause, resume");
  }

  private void print(List<JsonObject> objects) {
    objects.forEach(one -> console.out().println(one.encode()));
  }

  private static Arguments behind(List<String> args) {
    return Arguments.parse(
        args.subList(Math.min(1, args.size()), args.size()), AdminApi.OPTIONS, Set.of());
  }
}
