package io.mestral.verticles.smartrequest.outgoing;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.data.InterfaceAddress;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.syntax.Syntax;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where messages are posted to over HTTP, as an InterfaceAddress says it (Smart API, section 8.7).
 *
 * @param isEncrypted https
 * @param host a name, or an address without brackets
 * @param port 1 to 65535
 * @param path begins with a slash; with a query, if there is one
 * @param syntax what is understood there
 */
record Target(boolean isEncrypted, String host, int port, String path, Syntax syntax) {
  private static final String USUAL_PATH = "/smartapi/v1.0e1.0/access/";
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");
  private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e&&[^#]]{0,2000}");

  /** The first HTTP interface of an Entity; empty when it has none that makes sense. */
  static Optional<Target> of(Entity entity) {
    return of(entity.interfaces());
  }

  /** The first of these that is one of HTTP and makes sense. */
  static Optional<Target> of(List<InterfaceAddress> interfaces) {
    for (InterfaceAddress one : interfaces)
      try {
        Optional<Target> target = of(one);
        if (target.isPresent()) return target;
      } catch (SmartApiException rubbish) {
        return Optional.empty();
      }
    return Optional.empty();
  }

  private static Optional<Target> of(InterfaceAddress address) {
    String scheme = address.scheme().orElse("");
    boolean isEncrypted = scheme.equalsIgnoreCase("https");
    if (!isEncrypted && !scheme.equalsIgnoreCase("http")) return Optional.empty();
    String host = address.host().orElse("").replaceAll("^\\[|]$", "");
    long port = address.port().orElse((long) (isEncrypted ? HTTPS : HTTP));
    String path = address.path().filter(one -> !one.isEmpty()).orElse(USUAL_PATH);
    String rooted = path.startsWith("/") ? path : "/" + path;
    boolean isSound =
        HOST.matcher(host).matches()
            && PATH.matcher(rooted).matches()
            && port >= 1
            && port <= HIGHEST_PORT;
    return isSound
        ? Optional.of(
            new Target(isEncrypted, host, (int) port, rooted, syntax(address.contentTypes())))
        : Optional.empty();
  }

  /** Turtle unless only other types are named. */
  private static Syntax syntax(List<String> types) {
    List<Syntax> known =
        types.stream()
            .flatMap(type -> Syntax.ofMediaType(type).stream())
            .filter(Syntax::isWritten)
            .toList();
    return known.isEmpty() || known.contains(Syntax.TURTLE) ? Syntax.TURTLE : known.get(0);
  }
}
