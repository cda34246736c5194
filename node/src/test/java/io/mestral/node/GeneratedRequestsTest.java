package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.node.GeneratedRequests.Request;
import io.mestral.node.PolicyTable.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the contract lets one ask, and much that it doesn't, is answered by the contract, and
 * never with a 5xx. Tools made for that, such as Schemathesis or CATS, bring a runtime of their own
 * and take minutes; this reads the contract as it is and makes the same requests again from a seed.
 */
class GeneratedRequestsTest {
  private static final int REQUESTS = number("GENERATED_REQUESTS", 2_000);

  /** The same in every run: others are tried on demand, and what they find is mended at leisure. */
  private static final int SEED = number("GENERATED_SEED", 20_260_203);

  /** So many requests are made by the same people: what they ask may take their roles away. */
  private static final int A_WHILE = 250;

  private static final Pattern INNARDS =
      Pattern.compile("Exception|\\bat (io|java)\\.|SQLITE|\\.java:");

  @TempDir Path folder;

  @Test
  void everyAnswerIsByTheContractAndNoneIsTheNodesFault() throws IOException {
    Path data = folder.resolve("data");
    try (NodeProcess node =
        NodeProcess.start(data, "limits.http-per-minute=0", "storage.sync=interval:100ms")) {
      HttpProbe root = node.http(data);
      GeneratedRequests requests =
          new GeneratedRequests(root.send("GET", "/openapi.json", "").body(), SEED);
      root.post("/ops/v1/users", "{\"username\":\"ada\",\"email\":\"ada@example.org\"}");
      PolicyCast cast = new PolicyCast(root);
      List<String> wrong = new ArrayList<>();
      Set<String> reached = new TreeSet<>();
      for (int i = 0; i < REQUESTS && wrong.size() < 20; i++) {
        if (i % A_WHILE == 0) {
          cast.renew();
          for (int devices = 0; devices < 6; devices += 2) cast.scene().setUp();
        }
        Role role = Role.values()[i % Role.values().length];
        Request request = requests.next();
        int number = i;
        Asked asked = ask(cast.as(role), request);
        if (asked.answer().filter(answer -> answer.statusCode() < 300).isPresent())
          reached.add(request.operation());
        complaint(asked, request)
            .ifPresent(why -> wrong.add("request " + number + " by " + role + " " + why));
      }

      assertThat(wrong).as("with GENERATED_SEED=" + SEED).isEmpty();
      assertThat(reached).as("operations that did something").hasSizeGreaterThan(40);
    }
  }

  private record Asked(
      Optional<HttpResponse<String>> answer, Optional<AssertionError> difference) {}

  private static Asked ask(HttpProbe probe, Request request) {
    HttpProbe asking = probe;
    for (Map.Entry<String, String> header : request.headers().entrySet())
      asking = asking.with(header.getKey(), header.getValue());
    try {
      return new Asked(
          Optional.of(asking.send(request.method(), request.uri(), request.body())),
          Optional.empty());
    } catch (AssertionError difference) {
      return new Asked(Optional.empty(), Optional.of(difference));
    }
  }

  private static Optional<String> complaint(Asked asked, Request request) {
    String what = "(" + request.operation() + "): " + shortened(request.toString()) + "\n  ";
    if (asked.difference().isPresent())
      return Optional.of(what + shortened(asked.difference().get().getMessage()));
    HttpResponse<String> answer = asked.answer().orElseThrow();
    if (answer.statusCode() >= 500 || INNARDS.matcher(answer.body()).find())
      return Optional.of(what + answer.statusCode() + " " + shortened(answer.body()));
    return Optional.empty();
  }

  private static String shortened(String text) {
    return text.length() < 1_000 ? text : text.substring(0, 1_000) + "…";
  }

  private static int number(String variable, int otherwise) {
    String given = System.getenv(variable);
    return given == null ? otherwise : Integer.parseInt(given);
  }
}
