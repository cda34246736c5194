package io.mestral.node.command;

import io.mestral.node.Console;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code admin gateway …}: who may connect as a gateway. */
record AdminGateways(Console console) {
  private static final String PATH = "/ops/v1/gateways";

  void run(List<String> args) {
    List<String> rest = args.subList(Math.min(1, args.size()), args.size());
    switch (args.isEmpty() ? "" : args.get(0)) {
      case "add" -> add(rest);
      case "list" -> list(rest);
      case "rotate-token" -> rotateToken(rest);
      case "delete" -> delete(rest);
      default -> throw new UsageError("admin gateway can: add, list, rotate-token, delete");
    }
  }

  private void add(List<String> args) {
    Arguments arguments = parse(args, "--iri", "--owner");
    JsonObject gateway =
        new JsonObject()
            .put("name", name(arguments))
            .put(
                "iri",
                arguments
                    .find("--iri")
                    .orElseThrow(() -> new UsageError("gateway add needs --iri")));
    arguments.find("--owner").ifPresent(owner -> gateway.put("owner", owner));
    print(AdminApi.from(arguments).post(PATH, gateway));
  }

  private void list(List<String> args) {
    Arguments arguments = parse(args);
    arguments.refuseWords();
    print(AdminApi.from(arguments).get(PATH));
  }

  private void rotateToken(List<String> args) {
    Arguments arguments = parse(args);
    print(AdminApi.from(arguments).post(path(arguments) + "/token", new JsonObject()));
  }

  private void delete(List<String> args) {
    Arguments arguments = parse(args);
    print(List.of(AdminApi.from(arguments).delete(path(arguments))));
  }

  private void print(List<JsonObject> objects) {
    objects.forEach(one -> console.out().println(one.encode()));
  }

  private static String path(Arguments arguments) {
    return PATH + "/" + URLEncoder.encode(name(arguments), StandardCharsets.UTF_8);
  }

  private static String name(Arguments arguments) {
    if (arguments.words().size() != 1) throw new UsageError("exactly one NAME is needed");
    return arguments.words().get(0);
  }

  private static Arguments parse(List<String> args, String... options) {
    Set<String> all = new HashSet<>(AdminApi.OPTIONS);
    all.addAll(List.of(options));
    return Arguments.parse(args, all, Set.of());
  }
}
