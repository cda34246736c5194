package io.mestral.broker.conformance;

import io.mestral.broker.conformance.Statements.Listed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes {@code docs/mqtt-conformance.md}: what the standards ask, and what shows it. */
final class ConformanceDocument {
  private static final String NOT_COVERED = "**not covered**";

  private static final Map<String, String> SECTIONS = sections();

  private final List<Listed> statements;
  private final Evidence evidence;

  ConformanceDocument(List<Listed> statements, Evidence evidence) {
    this.statements = statements;
    this.evidence = evidence;
  }

  /** The whole document. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("# MQTT, statement by statement\n\n")
        .append("The numbered statements of MQTT 3.1.1 and MQTT 5.0 that bind a server, in our\n")
        .append("words, and the tests of `broker` that show them. MQTT 3.1 has no numbered ones.\n")
        .append("This file is written by `ConformanceTest`, which also says how to renew it.\n\n")
        .append("| version | statements | shown by tests | exempt | not covered |\n")
        .append("|---|---|---|---|---|\n");
    for (String version : List.of("3.1.1", "5.0")) text.append(summary(version));
    for (String version : List.of("3.1.1", "5.0")) appendVersion(text, version);
    return text.toString();
  }

  private String summary(String version) {
    List<Listed> listed = of(version);
    long exempt = listed.stream().filter(one -> !one.exemption().isEmpty()).count();
    long shown = listed.stream().filter(one -> !evidence.of(one).isEmpty()).count();
    long open = listed.size() - exempt - shown;
    return "| %s | %d | %d | %d | %d |\n".formatted(version, listed.size(), shown, exempt, open);
  }

  private void appendVersion(StringBuilder text, String version) {
    text.append("\n## MQTT ").append(version).append('\n');
    of(version).stream()
        .collect(Collectors.groupingBy(Listed::section, LinkedHashMap::new, Collectors.toList()))
        .forEach((section, members) -> appendSection(text, section, members));
  }

  private void appendSection(StringBuilder text, String section, List<Listed> members) {
    text.append("\n### ").append(section).append(' ').append(SECTIONS.getOrDefault(section, ""));
    text.append("\n\n| number | what it asks | shown by |\n|---|---|---|\n");
    for (Listed statement : members)
      text.append(
          "| %s | %s | %s |\n".formatted(statement.number(), statement.text(), shown(statement)));
  }

  private String shown(Listed statement) {
    if (!statement.exemption().isEmpty()) return "exempt: " + statement.exemption();
    List<String> tests = evidence.of(statement);
    if (tests.isEmpty()) return NOT_COVERED;
    return tests.stream().map(test -> "`" + test + "`").collect(Collectors.joining("<br>"));
  }

  private List<Listed> of(String version) {
    return statements.stream().filter(one -> one.version().equals(version)).toList();
  }

  private static Map<String, String> sections() {
    return Map.ofEntries(
        Map.entry("1.5", "Data representation"),
        Map.entry("2.1", "Fixed header"),
        Map.entry("2.2", "Header flags and variable header"),
        Map.entry("2.3", "Packet identifiers"),
        Map.entry("3.1", "CONNECT"),
        Map.entry("3.2", "CONNACK"),
        Map.entry("3.3", "PUBLISH"),
        Map.entry("3.4", "PUBACK"),
        Map.entry("3.5", "PUBREC"),
        Map.entry("3.6", "PUBREL"),
        Map.entry("3.7", "PUBCOMP"),
        Map.entry("3.8", "SUBSCRIBE"),
        Map.entry("3.9", "SUBACK"),
        Map.entry("3.10", "UNSUBSCRIBE"),
        Map.entry("3.11", "UNSUBACK"),
        Map.entry("3.12", "PINGREQ"),
        Map.entry("3.14", "DISCONNECT"),
        Map.entry("3.15", "AUTH"),
        Map.entry("4.1", "Session state"),
        Map.entry("4.2", "Transport"),
        Map.entry("4.3", "Quality of service"),
        Map.entry("4.4", "Delivery again"),
        Map.entry("4.5", "Receipt"),
        Map.entry("4.6", "Order"),
        Map.entry("4.7", "Topics and filters"),
        Map.entry("4.8", "Shared subscriptions; in 3.1.1, errors"),
        Map.entry("4.9", "Flow control"),
        Map.entry("4.12", "Enhanced authentication"),
        Map.entry("4.13", "Errors"),
        Map.entry("6.0", "WebSocket"),
        Map.entry("7.0", "Conformance"),
        Map.entry("7.1", "Conformance of servers"));
  }
}
