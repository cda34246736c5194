package io.mestral.verticles.http.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.access.Role;
import io.mestral.model.platform.User;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.account.Accounts;
import io.mestral.verticles.http.account.UserPresenter;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Viewer;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** {@code POST /ops/v1/users}: accounts with any role, and a password when none is given. */
public final class OpsUsers {
  private static final int PASSWORD_LENGTH = 20;

  private final Accounts accounts;
  private final UserPresenter presenter;
  private final TokenVault vault;

  /** Makes accounts and shows them whole. */
  public OpsUsers(Accounts accounts, UserPresenter presenter, TokenVault vault) {
    this.accounts = accounts;
    this.presenter = presenter;
    this.vault = vault;
  }

  /** Makes an account; the answer holds its token, and its password when it was made up. */
  public Future<Answer> create(Exchange exchange) {
    Viewer viewer = Administrators.only(exchange.viewer());
    Params params = exchange.params();
    Optional<String> generated =
        params.text("password").isPresent()
            ? Optional.empty()
            : Optional.of(vault.newApiToken().reveal().substring(0, PASSWORD_LENGTH));
    ObjectNode more = JsonNodeFactory.instance.objectNode();
    generated.ifPresent(password -> more.put("password", password));
    roleMask(params).ifPresent(mask -> more.put("role_mask", mask));
    return accounts
        .create(params.with(more), viewer)
        .onSuccess(user -> exchange.deed().about("user " + user.id(), user.id()))
        .compose(user -> answer(user, generated, viewer));
  }

  private Future<Answer> answer(User user, Optional<String> password, Viewer viewer) {
    return presenter
        .members(user, viewer)
        .compose(
            members ->
                accounts
                    .privateToken(user.id())
                    .map(
                        token ->
                            Answer.json(
                                201,
                                json ->
                                    json.object(
                                        () -> {
                                          members.accept(json);
                                          secrets(json, password, token.reveal());
                                        }))));
  }

  private static void secrets(JsonWriter json, Optional<String> password, String token) {
    password.ifPresent(text -> json.field("password", text));
    json.field("access_token", token);
  }

  private static Optional<Integer> roleMask(Params params) {
    Optional<String> given = params.text("role");
    if (given.isEmpty()) return Optional.empty();
    String label = given.get().toLowerCase(Locale.ROOT);
    Optional<Integer> mask =
        Arrays.stream(Role.values())
            .filter(role -> role.label().equals(label))
            .findFirst()
            .map(Role::mask);
    if (mask.isEmpty()) {
      FieldErrors errors = new FieldErrors();
      errors.add("role", FieldErrors.NOT_LISTED);
      errors.throwIfAny();
    }
    return mask;
  }
}
