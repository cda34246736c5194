package io.mestral.node.command;

import io.mestral.node.Console;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code admin account …}: the accounts that Smart API Offerings are paid from. */
record AdminAccounts(Console console) {
  private static final String PATH = "/ops/v1/accounts";

  void run(List<String> args) {
    List<String> rest = args.subList(Math.min(1, args.size()), args.size());
    switch (args.isEmpty() ? "" : args.get(0)) {
      case "open" -> open(rest);
      case "list" -> list(rest);
      case "show" -> show(rest);
      case "book" -> book(rest);
      case "revoke" -> revoke(rest);
      default -> throw new UsageError("admin account can: open, list, show, book, revoke");
    }
  }

  private void open(List<String> args) {
    Arguments arguments = parse(args, "--currency", "--credit-limit", "--minimum-deposit");
    JsonObject wanted =
        new JsonObject()
            .put("holder", words(arguments, "the holder's IRI").get(0))
            .put(
                "currency",
                arguments
                    .find("--currency")
                    .orElseThrow(() -> new UsageError("account open needs --currency")));
    arguments.find("--credit-limit").ifPresent(sum -> wanted.put("credit_limit", sum));
    arguments.find("--minimum-deposit").ifPresent(sum -> wanted.put("minimum_deposit", sum));
    print(AdminApi.from(arguments).post(PATH, wanted));
  }

  private void list(List<String> args) {
    Arguments arguments = parse(args, "--holder");
    arguments.refuseWords();
    String query =
        arguments.find("--holder").map(holder -> "?holder=" + encoded(holder)).orElse("");
    print(AdminApi.from(arguments).get(PATH + query));
  }

  private void show(List<String> args) {
    Arguments arguments = parse(args);
    String id = words(arguments, "the account's number").get(0);
    print(AdminApi.from(arguments).get(PATH + "/" + encoded(id)));
  }

  private void book(List<String> args) {
    Arguments arguments = parse(args, "--amount", "--remark");
    String id = words(arguments, "the account's number").get(0);
    JsonObject wanted =
        new JsonObject()
            .put(
                "amount",
                arguments
                    .find("--amount")
                    .orElseThrow(() -> new UsageError("account book needs --amount")));
    arguments.find("--remark").ifPresent(remark -> wanted.put("remark", remark));
    print(AdminApi.from(arguments).post(PATH + "/" + encoded(id) + "/transactions", wanted));
  }

  private void revoke(List<String> args) {
    Arguments arguments = parse(args);
    String id = words(arguments, "the contract's IRI").get(0);
    print(List.of(AdminApi.from(arguments).delete("/ops/v1/contracts/" + encoded(id))));
  }

  private void print(List<JsonObject> objects) {
    objects.forEach(one -> console.out().println(one.encode()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<String> words(Arguments arguments, String what) {
    if (arguments.words().size() != 1) throw new UsageError("exactly one word is needed: " + what);
    return arguments.words();
  }

  private static Arguments parse(List<String> args, String... options) {
    Set<String> all = new HashSet<>(AdminApi.OPTIONS);
    all.addAll(List.of(options));
    return Arguments.parse(args, all, Set.of());
  }
}
