package io.mestral.model.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody may let an application do in their name. */
public enum Scope {
  /** Learns who the user is (OpenID Connect). */
  OPENID("openid", "know which account of yours this is"),
  /** Reads the user's profile. */
  PROFILE("profile", "read your profile"),
  /** Reads the user's e-mail address. */
  EMAIL("email", "read your e-mail address"),
  /** Sees devices as the user does. */
  DEVICES_READ("devices:read", "see your devices, private ones too"),
  /** Makes, changes and deletes devices. */
  DEVICES_WRITE("devices:write", "make, change and delete your devices"),
  /** Reads readings as the user does. */
  READINGS_READ("readings:read", "read the readings of your devices, private ones too"),
  /** Sends and removes readings. */
  READINGS_WRITE("readings:write", "send and remove readings of your devices"),
  /** Does what administrators do, for one of them. */
  ADMIN("admin", "do everything that an administrator may do"),
  /** Reads and subscribes by the Smart API. */
  SMARTAPI_READ("smartapi.read", "ask your devices by the Smart API"),
  /** Changes what there is by the Smart API. */
  SMARTAPI_WRITE("smartapi.write", "command your devices by the Smart API"),
  /** Makes Entities known. */
  SMARTAPI_CREATE("smartapi.create", "make things known by the Smart API"),
  /** Deletes by the Smart API. */
  SMARTAPI_DELETE("smartapi.delete", "delete what you made known by the Smart API"),
  /** Sends notifications to others. */
  SMARTAPI_NOTIFY("smartapi.notify", "send notifications by the Smart API"),
  /** Calls services by the Smart API. */
  SMARTAPI_CALL("smartapi.call", "call services by the Smart API"),
  /** Passes Smart API messages of others on. */
  SMARTAPI_ROUTE("smartapi.route", "pass on Smart API messages that others sent"),
  /** Does by the Smart API what administrators do, for one of them. */
  SMARTAPI_ADMIN("smartapi.admin", "do everything that an administrator may do by the Smart API");

  /** Every scope. */
  public static final Set<Scope> ALL = Collections.unmodifiableSet(EnumSet.allOf(Scope.class));

  /** Those of the Smart API, of which any lets messages be sent (Smart API, section 7.8). */
  public static final Set<Scope> SMART_API =
      Collections.unmodifiableSet(EnumSet.range(SMARTAPI_READ, SMARTAPI_ADMIN));

  private final String label;
  private final String meaning;

  Scope(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /** As it is written on the wire. */
  public String label() {
    return label;
  }

  /** What it lets an application do, to go on after "wants to". */
  public String meaning() {
    return meaning;
  }

  /** The scope written so; empty when there is none. */
  public static Optional<Scope> named(String label) {
    return Arrays.stream(values()).filter(scope -> scope.label.equals(label)).findFirst();
  }

  /** The scopes in a text, white space between them; words that are none are left out. */
  public static Set<Scope> known(String text) {
    Set<Scope> found = new LinkedHashSet<>();
    for (String word : text.strip().split("\\s+")) named(word).ifPresent(found::add);
    return sorted(found);
  }

  /** As one text, in the order of this list. */
  public static String text(Collection<Scope> scopes) {
    return sorted(scopes).stream().map(Scope::label).collect(Collectors.joining(" "));
  }

  private static Set<Scope> sorted(Collection<Scope> scopes) {
    return scopes.isEmpty() ? Set.of() : EnumSet.copyOf(scopes);
  }
}
