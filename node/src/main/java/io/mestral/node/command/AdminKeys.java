package io.mestral.node.command;

import io.mestral.node.Console;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code admin key …}: the node's keys for Smart API messages, and whose it believes. */
record AdminKeys(Console console) {
  private static final String PATH = "/ops/v1/keys";

  void run(List<String> args) {
    List<String> rest = args.subList(Math.min(1, args.size()), args.size());
    switch (args.isEmpty() ? "" : args.get(0)) {
      case "list" -> list(rest);
      case "add" -> add(rest);
      case "remove" -> remove(rest);
      case "rotate" -> rotate(rest);
      default -> throw new UsageError("admin key can: list, add, remove, rotate");
    }
  }

  private void list(List<String> args) {
    Arguments arguments = parse(args);
    arguments.refuseWords();
    print(AdminApi.from(arguments).get(PATH));
  }

  private void add(List<String> args) {
    Arguments arguments = parse(args, "--of", "--public", "--ca-file");
    Optional<String> file = arguments.find("--ca-file");
    JsonObject wanted = new JsonObject();
    if (file.isPresent()) {
      arguments.refuseWords();
      if (arguments.has("--of") || arguments.has("--public"))
        throw new UsageError("give either --ca-file or a key with --of and --public");
      wanted.put("certificate", read(file.get()));
    } else {
      wanted
          .put("id", id(arguments))
          .put("controller", needed(arguments, "--of"))
          .put("public_key", needed(arguments, "--public"));
    }
    print(AdminApi.from(arguments).post(PATH, wanted));
  }

  private void remove(List<String> args) {
    Arguments arguments = parse(args);
    String path = PATH + "/" + URLEncoder.encode(id(arguments), StandardCharsets.UTF_8);
    print(List.of(AdminApi.from(arguments).delete(path)));
  }

  private void rotate(List<String> args) {
    Arguments arguments = parse(args, "--overlap");
    arguments.refuseWords();
    JsonObject wanted = new JsonObject();
    arguments
        .duration("--overlap")
        .ifPresent(
            span -> {
              if (span.toSeconds() < 1) throw new UsageError("a span has at least one second");
              wanted.put("overlap", span.toSeconds());
            });
    print(AdminApi.from(arguments).post(PATH + "/rotation", wanted));
  }

  private void print(List<JsonObject> objects) {
    objects.forEach(one -> console.out().println(one.encode()));
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new CommandFailure("cannot read the file " + file);
    }
  }

  private static String needed(Arguments arguments, String option) {
    return arguments
        .find(option)
        .orElseThrow(() -> new UsageError("key add needs " + option + ", or --ca-file alone"));
  }

  private static String id(Arguments arguments) {
    if (arguments.words().size() != 1) throw new UsageError("exactly one key ID is needed");
    return arguments.words().get(0);
  }

  private static Arguments parse(List<String> args, String... options) {
    Set<String> all = new HashSet<>(AdminApi.OPTIONS);
    all.addAll(List.of(options));
    return Arguments.parse(args, all, Set.of());
  }
}
