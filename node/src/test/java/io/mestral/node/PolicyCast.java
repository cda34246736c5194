package io.mestral.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.mestral.node.PolicyTable.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The people of the policy table, and the things that its requests name in braces. */
final class PolicyCast {
  private static final Pattern NAMED = Pattern.compile("\\{([a-z]+)}");
  private static final String PASSWORD = "correct horse";

  private final HttpProbe root;
  private final Map<Role, HttpProbe> people = new EnumMap<>(Role.class);
  private String owner;
  private int made;

  PolicyCast(HttpProbe root) {
    this.root = root;
    renew();
  }

  /** Has others play the roles. */
  void renew() {
    owner = "owner" + ++made;
    people.put(Role.ANONYMOUS, root.as(""));
    people.put(Role.OWNER, person(owner, "citizen"));
    people.put(Role.OTHER, person("other" + made, "citizen"));
    people.put(Role.RESEARCHER, person("researcher" + made, "researcher"));
    people.put(Role.ADMIN, person("admin" + made, "admin"));
  }

  HttpProbe as(Role role) {
    return people.get(role);
  }

  /** The things of one question. */
  Scene scene() {
    return new Scene();
  }

  private HttpProbe person(String name, String role) {
    String form =
        """
        {"username":"%s","email":"%s","password":"%s","role":"%s"}\
        """
            .formatted(name, address(name), PASSWORD, role);
    return root.as(root.post("/ops/v1/users", form).get("access_token").asText());
  }

  private static String address(String name) {
    return name + "@example.org";
  }

  /** What requests name in braces; it comes into being when it is named first. */
  final class Scene {
    private final int number = ++made;
    private final Map<String, String> things = new HashMap<>();
    private final List<String> secrets = new ArrayList<>(List.of(address(owner)));

    /** Makes the owner's devices, though the request doesn't name them. */
    void setUp() {
      things.computeIfAbsent("public", this::make);
      things.computeIfAbsent("private", this::make);
    }

    String play(String text) {
      Matcher named = NAMED.matcher(text);
      return named.replaceAll(
          found -> Matcher.quoteReplacement(things.computeIfAbsent(found.group(1), this::make)));
    }

    String privateName() {
      return "Cellar " + number + " of " + owner;
    }

    /** Whether it holds something that only the owner and administrators may know. */
    boolean tellsSecrets(String body) {
      return secrets.stream().anyMatch(body::contains);
    }

    private String make(String name) {
      return switch (name) {
        case "public" -> device("Roof", false);
        case "private" -> device(privateName(), true);
        case "owner" -> owner;
        case "ownerid" -> as(Role.OWNER).get("/v0/me").get("id").asText();
        case "email" -> address(owner);
        case "password" -> PASSWORD;
        case "new" -> "new" + number;
        case "session" ->
            root.as("").post("/v0/onboarding/device", "{}").get("onboarding_session").asText();
        default -> throw new AssertionError("nobody makes {" + name + "}");
      };
    }

    private String device(String name, boolean isPrivate) {
      String token = "secret-of-" + number + (isPrivate ? "-private" : "-public");
      secrets.add(token);
      JsonNode device =
          as(Role.OWNER)
              .post(
                  "/v0/devices",
                  "{\"name\":\"%s\",\"is_private\":%s,\"device_token\":\"%s\"}"
                      .formatted(name, isPrivate, token));
      return device.get("id").asText();
    }
  }
}
