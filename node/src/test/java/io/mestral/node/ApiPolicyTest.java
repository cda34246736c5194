package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.node.PolicyTable.Expected;
import io.mestral.node.PolicyTable.Line;
import io.mestral.node.PolicyTable.Role;
import io.mestral.verticles.http.openapi.ApiContract;
import io.mestral.verticles.http.openapi.Operation;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Asks a node everything that docs/api-policy.md answers, as everybody. */
class ApiPolicyTest {
  /** After these nobody is who they were, or has the token they had. */
  private static final Set<String> ENDS_ACCOUNTS =
      Set.of("deleteUser", "deleteMe", "renewMyToken", "endSession");

  @TempDir static Path folder;
  private static NodeProcess node;
  private static PolicyCast cast;

  @BeforeAll
  static void start() throws IOException {
    Path data = folder.resolve("data");
    node = NodeProcess.start(data, "limits.http-per-minute=0");
    cast = new PolicyCast(node.http(data));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  static Stream<Line> lines() throws IOException {
    return PolicyTable.lines().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void everybodyIsAnsweredAsTheTableSays(Line line) {
    List<String> differences = new ArrayList<>();
    for (Role role : Role.values()) ask(line, role, differences);

    assertThat(differences).isEmpty();
  }

  @Test
  void everyOperationOfTheContractHasALineAndEveryLineIsAboutOne() throws IOException {
    Set<String> told = lines().map(Line::operation).collect(Collectors.toSet());
    Set<String> offered =
        ApiContract.load().operations().stream().map(Operation::id).collect(Collectors.toSet());

    assertThat(told).containsExactlyInAnyOrderElementsOf(offered);
  }

  @Test
  void aLineAsksForTheOperationItNames() throws IOException {
    List<Operation> operations = ApiContract.load().operations();
    for (Line line : PolicyTable.lines()) {
      String path = line.path().split("\\?", 2)[0].replaceAll("\\{\\w+}", "x");
      Operation meant =
          operations.stream()
              .filter(each -> path.matches(each.path().replaceAll("\\{\\w+}", "[^/]+")))
              .filter(each -> each.method().name().equals(line.method()))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no operation for " + line));
      assertThat(meant.id()).as(line.toString()).isEqualTo(line.operation());
    }
  }

  private static void ask(Line line, Role role, List<String> differences) {
    Expected expected = line.expected().get(role);
    PolicyCast.Scene scene = cast.scene();
    if (!expected.words().isEmpty()) scene.setUp();
    HttpProbe probe = cast.as(role);
    for (Map.Entry<String, String> header : line.headers().entrySet())
      probe = probe.with(header.getKey(), scene.play(header.getValue()));
    String body = scene.play(line.body());
    boolean isTyped = line.headers().containsKey("Content-Type");
    if (!body.isEmpty() && !body.startsWith("{") && !isTyped)
      probe = probe.with("Content-Type", "text/csv");
    HttpResponse<String> answer = probe.send(line.method(), scene.play(line.path()), body);
    String where = role.name().toLowerCase(Locale.ROOT) + ": ";
    if (answer.statusCode() != expected.status())
      differences.add(where + answer.statusCode() + " " + answer.body());
    for (String word : expected.words())
      if (!holds(word, answer.body(), scene)) differences.add(where + "not " + word);
    if (!role.mayKnowSecrets() && scene.tellsSecrets(answer.body()))
      differences.add(where + "told a secret");
    if (ENDS_ACCOUNTS.contains(line.operation())) cast.renew();
  }

  private static boolean holds(String word, String body, PolicyCast.Scene scene) {
    return switch (word) {
      case "whole" -> scene.tellsSecrets(body);
      case "filtered" -> body.contains("[FILTERED]") && !scene.tellsSecrets(body);
      case "shown" -> body.contains(scene.privateName());
      case "hidden" -> !body.contains(scene.privateName());
      default -> throw new AssertionError("what is " + word + "?");
    };
  }
}
