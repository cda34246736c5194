package io.mestral.node.command;

import io.mestral.node.Console;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code admin sessions} and {@code admin queues}: the broker's clients in a table. */
record AdminSessions(Console console) {
  private static final int MOST = 1000;
  private static final String JSON = "--json";
  private static final String SLOW = "--slow";
  private static final String DISCONNECT = "--disconnect";
  private static final String END = "--end";

  void sessions(List<String> args) {
    Arguments arguments =
        parse(
            args,
            Set.of("--client", "--principal", "--limit"),
            Set.of(JSON, SLOW, DISCONNECT, END));
    if (arguments.words().size() > 1) throw new UsageError("at most one ID is needed");
    if (arguments.words().isEmpty()) {
      if (arguments.has(DISCONNECT)) throw new UsageError("--disconnect needs an ID");
      if (arguments.has(END)) throw new UsageError("--end needs an ID");
      String path = arguments.has(SLOW) ? "/ops/v1/sessions/slow" : "/ops/v1/sessions";
      list(arguments, path, AdminSessions::sessionTable);
      return;
    }
    String path = "/ops/v1/sessions/" + encoded(arguments.words().get(0));
    if (arguments.has(END)) print(AdminApi.from(arguments).delete(path + "?end=true").encode());
    else if (arguments.has(DISCONNECT)) print(AdminApi.from(arguments).delete(path).encode());
    else show(arguments, AdminApi.from(arguments).get(path).get(0));
  }

  void queues(List<String> args) {
    Arguments arguments = parse(args, Set.of("--client", "--principal", "--limit"), Set.of(JSON));
    arguments.refuseWords();
    list(arguments, "/ops/v1/queues", AdminSessions::queueTable);
  }

  /** Makes a table of what the node told. */
  private interface Layout {
    Table of(List<JsonObject> sessions);
  }

  private void list(Arguments arguments, String path, Layout layout) {
    List<JsonObject> found = AdminApi.from(arguments).get(path + query(arguments));
    if (arguments.has(JSON)) found.forEach(each -> print(each.encode()));
    else layout.of(found).lines().forEach(this::print);
  }

  private static Table sessionTable(List<JsonObject> sessions) {
    Table table =
        new Table(
            "ID",
            "CLIENT",
            "PRINCIPAL",
            "MQTT",
            "VIA",
            "ADDRESS",
            "SINCE",
            "IN",
            "OUT",
            "INFLIGHT",
            "QUEUED",
            "DROPPED",
            "BLOCKED");
    for (JsonObject session : sessions)
      table.row(
          text(session, "id"),
          text(session, "client_id"),
          text(session, "principal"),
          text(session, "protocol"),
          text(session, "transport"),
          text(session, "address"),
          text(session, "connected_at"),
          text(session, "messages_received"),
          text(session, "messages_sent"),
          text(session, "inflight"),
          text(session, "queued"),
          text(session, "messages_dropped"),
          text(session, "blocked_ms") + " ms");
    return table;
  }

  private static Table queueTable(List<JsonObject> sessions) {
    Table table =
        new Table("ID", "CLIENT", "PRINCIPAL", "MESSAGES", "BYTES", "INFLIGHT", "DROPPED");
    for (JsonObject session : sessions)
      table.row(
          text(session, "id"),
          text(session, "client_id"),
          text(session, "principal"),
          text(session, "queued"),
          text(session, "queued_bytes"),
          text(session, "inflight"),
          text(session, "messages_dropped"));
    return table;
  }

  private void show(Arguments arguments, JsonObject session) {
    if (arguments.has(JSON)) {
      print(session.encode());
      return;
    }
    for (String name : session.fieldNames())
      if (!name.equals("events")) print(String.format("%-20s %s", name, session.getValue(name)));
    JsonArray events = session.getJsonArray("events", new JsonArray());
    for (int i = 0; i < events.size(); i++) {
      JsonObject event = events.getJsonObject(i);
      print(event.getString("at") + "  " + event.getString("text"));
    }
  }

  private void print(String line) {
    console.out().println(line);
  }

  private static String query(Arguments arguments) {
    StringBuilder query = new StringBuilder("?per_page=");
    query.append(arguments.count("--limit", MOST).orElse(MOST));
    arguments.find("--client").ifPresent(prefix -> query.append("&client_id=" + encoded(prefix)));
    arguments.find("--principal").ifPresent(name -> query.append("&principal=" + encoded(name)));
    return query.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String text(JsonObject session, String name) {
    return String.valueOf(session.getValue(name, "-"));
  }

  private static Arguments parse(List<String> args, Set<String> valued, Set<String> switches) {
    Set<String> all = new HashSet<>(AdminApi.OPTIONS);
    all.addAll(valued);
    return Arguments.parse(args, all, switches);
  }
}
