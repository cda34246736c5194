package io.mestral.verticles.http.door;

import static io.mestral.model.access.Scope.ADMIN;
import static io.mestral.model.access.Scope.DEVICES_READ;
import static io.mestral.model.access.Scope.DEVICES_WRITE;
import static io.mestral.model.access.Scope.PROFILE;
import static io.mestral.model.access.Scope.READINGS_READ;
import static io.mestral.model.access.Scope.READINGS_WRITE;

import io.mestral.model.access.Principal;
import io.mestral.model.access.Scope;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a credential must carry that somebody was given for a part of a user's rights. The first
 * line that fits counts; where none does any will do. People who act in person have it all.
 */
final class RouteScopes {
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final Need ANY = new Need(true, Optional.empty());
  private static final Need IN_PERSON = new Need(false, Optional.empty());

  private static final List<Line> TABLE =
      List.of(
          line("/ops(/.*)?", of(ADMIN), of(ADMIN)),
          line("/v0/applications(/.*)?", IN_PERSON, IN_PERSON),
          line(
              "/v0/me/(tokens?|authorizations|identities|export|audit)(/.*)?",
              IN_PERSON,
              IN_PERSON),
          line("/v0/me(/.*)?", of(PROFILE), IN_PERSON),
          line("/v0/users", of(PROFILE), of(ADMIN)),
          line("/v0/users/.*", of(PROFILE), IN_PERSON),
          line(
              "/v0/devices/[^/]+/(readings|exports|uploads|ingest_errors|quarantine)([./].*)?",
              of(READINGS_READ),
              of(READINGS_WRITE)),
          line(
              "/v[01]/(devices|components|experiments)(/.*)?", of(DEVICES_READ), of(DEVICES_WRITE)),
          line("/v0/onboarding/register", of(DEVICES_WRITE), of(DEVICES_WRITE)),
          line("/v0/forwarding_destinations", of(DEVICES_READ), of(ADMIN)),
          line("/v0/(sensors|measurements|tags|tag_sensors)(/.*)?", ANY, of(ADMIN)));

  /** Anything, one scope, or nothing less than the user in person. */
  private record Need(boolean isAny, Optional<Scope> scope) {}

  private record Line(Pattern path, Need reading, Need writing) {}

  private RouteScopes() {}

  private static Need of(Scope scope) {
    return new Need(false, Optional.of(scope));
  }

  private static Line line(String path, Need reading, Need writing) {
    return new Line(Pattern.compile(path), reading, writing);
  }

  /** Ends the request of who may do less than the user they act for, where it takes more. */
  static void check(Optional<Principal.User> asker, HttpMethod method, String path) {
    if (asker.isEmpty() || !asker.get().authority().isDelegated()) return;
    for (Line line : TABLE)
      if (line.path.matcher(path).matches()) {
        check(asker.get(), READING.contains(method) ? line.reading : line.writing);
        return;
      }
  }

  private static void check(Principal.User asker, Need need) {
    if (need.isAny || need.scope.filter(asker.authority()::allows).isPresent()) return;
    throw Problem.insufficientScope(need.scope.map(Scope::label));
  }
}
