package io.mestral.verticles.http.oauth;

import io.mestral.model.access.Role;
import io.mestral.model.access.Scope;
import io.mestral.verticles.auth.oauth.AuthorizationDesk.Ask;
import io.mestral.verticles.http.exchange.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** The pages of the authorization endpoint: plain forms, no script, nothing fetched. */
final class Pages {
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:30em;margin:3em auto;padding:0 1em;"
          + "color:#1b1b1b;background:#fff}label{display:block;margin:1em 0}"
          + "input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.5em}"
          + "button{font:inherit;padding:.5em 1.5em;margin:1em 1em 0 0}.wrong{color:#a40000}";
  private static final String STYLE_HASH = "'sha256-" + sha256(STYLE) + "'";

  private Pages() {}

  /**
   * Asks for name and password.
   *
   * @param action where the form goes
   * @param guard proves that the form is ours
   */
  static Answer signIn(int status, String action, String guard, String application, String wrong) {
    String message = wrong.isEmpty() ? "" : "<p class=\"wrong\" role=\"alert\">" + wrong + "</p>";
    return page(
        status,
        "Sign in",
        "<h1>Sign in</h1><p>to go on to <strong>"
            + escaped(application)
            + "</strong></p>"
            + message
            + form(action, guard)
            + "<label>User name or e-mail address"
            + "<input name=\"username\" autocomplete=\"username\" required autofocus></label>"
            + "<label>Password<input name=\"password\" type=\"password\""
            + " autocomplete=\"current-password\" required></label>"
            + "<button type=\"submit\">Sign in</button></form>",
        Optional.empty());
  }

  /** Who is asked, and how. */
  record Asked(String username, Role role, String action, String another, String guard) {}

  /** Asks a user for what an application wants. */
  static Answer consent(Ask ask, Asked asked) {
    StringBuilder wishes = new StringBuilder("<ul>");
    for (Scope scope : Scope.values())
      if (ask.scopes().contains(scope) && (scope != Scope.ADMIN || asked.role == Role.ADMIN))
        wishes.append("<li>").append(escaped(scope.meaning())).append("</li>");
    String name = escaped(ask.application().name());
    return page(
        200,
        "Allow access?",
        "<h1>Allow access?</h1><p><strong>"
            + name
            + "</strong> wants to</p>"
            + wishes.append("</ul>")
            + "<p>You are <strong>"
            + escaped(asked.username)
            + "</strong> (<a href=\""
            + escaped(asked.another)
            + "\">somebody else</a>?), and go on to <code>"
            + escaped(destination(ask.redirect()))
            + "</code>.</p>"
            + form(asked.action, asked.guard)
            + "<button type=\"submit\" name=\"decision\" value=\"allow\">Allow</button>"
            + "<button type=\"submit\" name=\"decision\" value=\"deny\">Deny</button></form>",
        Optional.of(ask.redirect()));
  }

  /** Says what is wrong, where nobody else can be told. */
  static Answer wrong(String message) {
    return page(
        400,
        "This can't be done",
        "<h1>This can't be done</h1><p>" + escaped(message) + "</p>",
        Optional.empty());
  }

  private static String form(String action, String guard) {
    return "<form method=\"post\" action=\""
        + escaped(action)
        + "\"><input type=\"hidden\" name=\"guard\" value=\""
        + escaped(guard)
        + "\">";
  }

  /** Browsers hold a form to where its answer may lead, too, so that has to be named. */
  private static Answer page(int status, String title, String body, Optional<URI> leadsTo) {
    String html =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
            + title
            + "</title><meta name=\"viewport\" content=\"width=device-width\"><style>"
            + STYLE
            + "</style></head><body><main>"
            + body
            + "</main></body></html>";
    String forms = "'self'" + leadsTo.map(uri -> " " + source(uri)).orElse("");
    return Answer.text(status, "text/html; charset=utf-8", html)
        .with("Cache-Control", "no-store")
        .with(
            "Content-Security-Policy",
            "default-src 'none'; style-src "
                + STYLE_HASH
                + "; form-action "
                + forms
                + "; frame-ancestors 'none'; base-uri 'none'")
        .with("X-Frame-Options", "DENY")
        .with("Referrer-Policy", "no-referrer");
  }

  private static String source(URI uri) {
    return uri.getHost() == null
        ? uri.getScheme() + ":"
        : uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private static String destination(URI uri) {
    return uri.getHost() == null ? uri.getScheme() + ":" : uri.getHost();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (char c : text.toCharArray())
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    return escaped.toString();
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
