package io.mestral.verticles.http.forward;

import io.mestral.model.access.Secret;
import io.mestral.storage.ForwardingAccess;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.verticles.auth.ForwardTopics;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Params;
import io.vertx.core.Future;
import java.util.Optional;

/** {@code GET /v0/forward} (spec 2.18): whether somebody may subscribe, for other brokers. */
public final class ForwardResource {
  private final ForwardingRegistry registry;
  private final TokenVault vault;

  /** Answers by that registry. */
  public ForwardResource(ForwardingRegistry registry, TokenVault vault) {
    this.registry = registry;
    this.vault = vault;
  }

  /** Allows the topics of the token that belongs to the user name. */
  public Future<Answer> ask(Exchange exchange) {
    Params params = exchange.params();
    Optional<String> username = params.text("username");
    Optional<Secret> token = params.text("topic").flatMap(ForwardResource::token);
    if (username.isEmpty() || token.isEmpty()) return Future.succeededFuture(says("deny"));
    return registry
        .findByUsername(vault.hash(Secret.of(username.get())))
        .map(found -> says(fits(found, token.get()) ? "allow" : "deny"));
  }

  /** Other brokers write the topic with or without the slash in front. */
  private static Optional<Secret> token(String topic) {
    return ForwardTopics.tokenOf(topic.startsWith("/") ? topic : "/" + topic);
  }

  private boolean fits(Optional<ForwardingAccess> access, Secret token) {
    return access.filter(one -> one.token().hash().equals(vault.hash(token))).isPresent();
  }

  private static Answer says(String result) {
    return Answer.ok(json -> json.object(() -> json.field("result", result)));
  }
}
