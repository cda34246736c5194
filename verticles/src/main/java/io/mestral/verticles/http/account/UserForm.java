package io.mestral.verticles.http.account;

import io.mestral.model.access.Secret;
import io.mestral.model.platform.Language;
import io.mestral.model.platform.Preferences;
import io.mestral.model.platform.User;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Viewer;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a request wants an account to be, and whether it may be so (spec 2.8). */
final class UserForm {
  private static final Set<String> RESERVED =
      Set.of(
          "new",
          "edit",
          "index",
          "session",
          "login",
          "logout",
          "users",
          "admin",
          "stylesheets",
          "assets",
          "javascripts",
          "images",
          "bearer");

  /** An at sign can only begin it, and a colon would look like a platform name. */
  private static final Pattern USERNAME = Pattern.compile("[^:\\p{Cntrl}][^@:\\p{Cntrl}]*");

  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");
  private static final Pattern URL = Pattern.compile("(?i)https?://\\S+");
  private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();
  private static final int LONGEST_URL = 1_000;
  private static final int PASSWORD_MINIMUM = 5;
  private static final int PASSWORD_MAXIMUM = 256;

  private final Params params;
  private final Viewer viewer;
  private final FieldErrors errors = new FieldErrors();

  UserForm(Params params, Viewer viewer) {
    this.params = params;
    this.viewer = viewer;
  }

  /** The new password; empty when none is given. */
  Optional<Secret> password() {
    return params.text("password").map(Secret::of);
  }

  /** The account as it would be; ends the request when anything is wrong with it. */
  User apply(User before, Instant now) {
    User wanted = wanted(before, now);
    errors.throwIfAny();
    return wanted;
  }

  /** As {@link #apply}, and fails also when somebody else has the name or the address. */
  Future<User> check(User before, UserRegistry registry, Instant now) {
    User wanted = wanted(before, now);
    return checkFree("username", wanted.username(), wanted, registry)
        .compose(done -> checkFree("email", wanted.email(), wanted, registry))
        .map(
            done -> {
              errors.throwIfAny();
              return wanted;
            });
  }

  /** As {@link #check}, for an account that needs a password from the start. */
  Future<User> create(User blank, UserRegistry registry, Instant now) {
    if (password().isEmpty()) errors.add("password", FieldErrors.BLANK);
    return check(blank, registry, now);
  }

  private User wanted(User before, Instant now) {
    User wanted =
        new User(
            before.id(),
            before.uuid(),
            required("username", before.username()),
            required("email", before.email()),
            roleMask(before.roleMask()),
            text("city", before.city()),
            country(before.countryCode()),
            url(before.url()),
            before.legacyApiKey(),
            before.createdAt(),
            now,
            before.picture(),
            preferences(before.preferences()));
    checkUsername(before.username(), wanted.username());
    if (!wanted.email().equals(before.email())
        && !wanted.email().isEmpty()
        && !EMAIL.matcher(wanted.email()).matches()) errors.add("email", FieldErrors.INVALID);
    if (params.has("email"))
      errors.checkLength("email", Optional.of(wanted.email()), FieldErrors.LONGEST_NAME);
    password().ifPresent(password -> checkPassword(password, errors));
    return wanted;
  }

  private String required(String name, String before) {
    String value = params.has(name) ? params.text(name).map(String::strip).orElse("") : before;
    if (value.isEmpty()) errors.add(name, FieldErrors.BLANK);
    return value;
  }

  private void checkUsername(String before, String username) {
    if (username.equals(before) || username.isEmpty()) return; // an old name stays good
    int length = username.codePointCount(0, username.length());
    if (length < 3) errors.add("username", FieldErrors.tooShort(3));
    if (length > 30) errors.add("username", FieldErrors.tooLong(30));
    if (!USERNAME.matcher(username).matches()) errors.add("username", FieldErrors.INVALID);
    if (RESERVED.contains(username.toLowerCase(Locale.ROOT))) errors.add("username", "is reserved");
  }

  /** Notes when a password is shorter or longer than allowed. */
  static void checkPassword(Secret password, FieldErrors errors) {
    int length = password.reveal().length();
    if (length < PASSWORD_MINIMUM) errors.add("password", FieldErrors.tooShort(PASSWORD_MINIMUM));
    if (length > PASSWORD_MAXIMUM) errors.add("password", FieldErrors.tooLong(PASSWORD_MAXIMUM));
  }

  /** What is given for how to be written to. */
  private Preferences preferences(Preferences before) {
    Preferences wanted = before;
    Optional<String> language = params.text("language");
    Optional<String> zone = params.text("preferred_time_zone");
    if (language.isPresent() && Language.of(language.get()).isEmpty())
      errors.add("language", FieldErrors.NOT_LISTED);
    if (zone.isPresent() && !ZONES.contains(zone.get()))
      errors.add("preferred_time_zone", FieldErrors.NOT_LISTED);
    wanted = language.flatMap(Language::of).map(wanted::in).orElse(wanted);
    return zone.filter(ZONES::contains).map(wanted::at).orElse(wanted);
  }

  /** Asked beforehand so that all errors are told at once; the registry has the last word. */
  private Future<Void> checkFree(String field, String value, User wanted, UserRegistry registry) {
    if (errors.has(field)) return Future.succeededFuture();
    return registry
        .findByNameOrEmail(value)
        .onSuccess(
            holder -> {
              if (holder.filter(other -> !other.id().equals(wanted.id())).isPresent())
                errors.add(field, FieldErrors.TAKEN);
            })
        .mapEmpty();
  }

  private int roleMask(int before) {
    if (!viewer.isAdmin() || params.text("role_mask").isEmpty()) return before;
    String given = params.text("role_mask").get();
    if (given.matches("\\d{1,9}")) return Integer.parseInt(given);
    errors.add("role_mask", FieldErrors.NOT_A_NUMBER);
    return before;
  }

  private Optional<String> country(Optional<String> before) {
    Optional<String> code = text("country_code", before);
    if (!code.equals(before) && code.isPresent() && !COUNTRY.matcher(code.get()).matches())
      errors.add("country_code", FieldErrors.INVALID);
    return code.map(given -> given.toUpperCase(Locale.ROOT));
  }

  private Optional<String> url(Optional<String> before) {
    Optional<String> url = text("url", before);
    if (!url.equals(before) && url.isPresent() && !URL.matcher(url.get()).matches())
      errors.add("url", FieldErrors.INVALID);
    return url;
  }

  /** What is as it was may be longer. */
  private Optional<String> text(String name, Optional<String> before) {
    if (!params.has(name)) return before;
    int longest = name.equals("url") ? LONGEST_URL : FieldErrors.LONGEST_NAME;
    errors.checkLength(name, params.text(name), longest);
    return params.text(name);
  }
}
