package io.mestral.node.command;

import io.mestral.node.Console;
import io.mestral.node.ExitCode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks a running node for what an administrator may do, over HTTP. */
record AdminCommand(Console console) implements Verb {
  private static final int MOST_DEVICES = 10_000;
  private static final int MOST_DAYS = 365;

  @Override
  public Optional<ExitCode> run(List<String> args) {
    AdminSessions sessions = new AdminSessions(console);
    List<String> behindOne = args.subList(Math.min(1, args.size()), args.size());
    switch (args.isEmpty() ? "" : args.get(0)) {
      case "sessions" -> sessions.sessions(behindOne);
      case "queues" -> sessions.queues(behindOne);
      case "backup" -> {
        return Optional.of(new AdminUpkeep(console).backup(behindOne));
      }
      case "check" -> {
        return Optional.of(new AdminUpkeep(console).check(behindOne));
      }
      case "move" -> {
        return Optional.of(new AdminMove(console).run(behindOne));
      }
      case "gateway" -> new AdminGateways(console).run(behindOne);
      case "edge" -> new AdminEdges(console).edge(behindOne);
      case "uplink" -> new AdminEdges(console).uplink(behindOne);
      case "key" -> new AdminKeys(console).run(behindOne);
      case "account" -> new AdminAccounts(console).run(behindOne);
      case "where" -> new AdminWhere(console).run(behindOne);
      case "audit" -> new AdminAudit(console).run(behindOne);
      case "import" -> new AdminImport(console).run(behindOne);
      default -> add(args);
    }
    return Optional.of(ExitCode.OK);
  }

  private void add(List<String> args) {
    String verb = String.join(" ", args.subList(0, Math.min(2, args.size())));
    List<String> rest = args.subList(Math.min(2, args.size()), args.size());
    switch (verb) {
      case "user add" -> addUser(rest);
      case "user invite" -> invite(rest);
      case "device add" -> addDevices(rest);
      case "device rotate-token" -> rotateToken(rest);
      default -> throw new UsageError(("unknown verb admin " + verb).stripTrailing());
    }
  }

  private void addUser(List<String> args) {
    Arguments arguments = parse(args, "--email", "--password", "--password-file", "--role");
    JsonObject user = new JsonObject().put("username", name(arguments));
    user.put(
        "email",
        arguments.find("--email").orElseThrow(() -> new UsageError("user add needs --email")));
    password(arguments).ifPresent(password -> user.put("password", password));
    arguments.find("--role").ifPresent(role -> user.put("role", role));
    make(arguments, "/ops/v1/users", user);
  }

  private void invite(List<String> args) {
    Arguments arguments = parse(args, "--days");
    arguments.refuseWords();
    JsonObject invitation = new JsonObject();
    arguments.count("--days", MOST_DAYS).ifPresent(days -> invitation.put("days", days));
    make(arguments, "/ops/v1/invitations", invitation);
  }

  private void addDevices(List<String> args) {
    Arguments arguments = parse(args, "--owner", "--device-token", "--count");
    JsonObject device = new JsonObject().put("name", name(arguments));
    arguments.find("--owner").ifPresent(owner -> device.put("owner", owner));
    arguments.find("--device-token").ifPresent(token -> device.put("device_token", token));
    arguments.count("--count", MOST_DEVICES).ifPresent(count -> device.put("count", count));
    if (device.containsKey("device_token") && device.getInteger("count", 1) > 1)
      throw new UsageError("one token is for one device: give --device-token or --count");
    make(arguments, "/ops/v1/devices", device);
  }

  /** The former token is no good at once, unless it is to go on for a while. */
  private void rotateToken(List<String> args) {
    Arguments arguments = parse(args, "--overlap", "--expires");
    if (arguments.words().size() != 1 || !arguments.words().get(0).matches("\\d{1,18}"))
      throw new UsageError("exactly one device ID is needed");
    JsonObject wanted = new JsonObject();
    arguments.duration("--overlap").ifPresent(span -> wanted.put("overlap", seconds(span)));
    arguments.duration("--expires").ifPresent(span -> wanted.put("expires_in", seconds(span)));
    make(arguments, "/v0/devices/" + arguments.words().get(0) + "/token", wanted);
  }

  private static long seconds(Duration span) {
    if (span.toSeconds() < 1) throw new UsageError("a span has at least one second");
    return span.toSeconds();
  }

  private void make(Arguments arguments, String path, JsonObject body) {
    AdminApi.from(arguments).post(path, body).forEach(made -> console.out().println(made.encode()));
  }

  private static Arguments parse(List<String> args, String... options) {
    Set<String> all = new HashSet<>(AdminApi.OPTIONS);
    all.addAll(List.of(options));
    return Arguments.parse(args, all, Set.of());
  }

  private static String name(Arguments arguments) {
    if (arguments.words().size() != 1) throw new UsageError("exactly one NAME is needed");
    return arguments.words().get(0);
  }

  private static Optional<String> password(Arguments arguments) {
    Optional<String> file = arguments.find("--password-file");
    if (file.isEmpty()) return arguments.find("--password");
    if (arguments.has("--password"))
      throw new UsageError("give either --password or --password-file");
    try {
      return Optional.of(Files.readString(Path.of(file.get())).replaceAll("\\R\\z", ""));
    } catch (IOException e) {
      throw new CommandFailure("cannot read the file " + file.get());
    }
  }
}
