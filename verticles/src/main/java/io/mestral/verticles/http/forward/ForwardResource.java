package io.mestral.verticles.http.forward;

import io.mestral.model.access.Role;
import io.mestral.model.access.Secret;
import io.mestral.storage.ForwardingAccess;
import io.mestral.storage.Metadata;
import io.mestral.verticles.auth.ForwardTopics;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Params;
import io.vertx.core.Future;
import java.util.Optional;

/** {@code GET /v0/forward} (spec 2.18): whether somebody may subscribe, for other brokers. */
public final class ForwardResource {
  private final Metadata metadata;
  private final TokenVault vault;

  /** Answers by that registry. */
  public ForwardResource(Metadata metadata, TokenVault vault) {
    this.metadata = metadata;
    this.vault = vault;
  }

  /** Allows the topics of the token that belongs to the user name. */
  public Future<Answer> ask(Exchange exchange) {
    Params params = exchange.params();
    Optional<String> username = params.text("username");
    Optional<Secret> token = params.text("topic").flatMap(ForwardResource::token);
    if (username.isEmpty() || token.isEmpty()) return Future.succeededFuture(says("deny"));
    return metadata
        .forwarding()
        .findByUsername(vault.hash(Secret.of(username.get())))
        .map(found -> found.filter(access -> fits(access, token.get())))
        .compose(this::mayForward)
        .map(may -> says(may ? "allow" : "deny"));
  }

  /** Who is a citizen again has forwarding no more (spec 1.11). */
  private Future<Boolean> mayForward(Optional<ForwardingAccess> access) {
    if (access.isEmpty()) return Future.succeededFuture(false);
    return metadata
        .users()
        .find(access.get().user())
        .map(user -> user.filter(one -> one.role() != Role.CITIZEN).isPresent());
  }

  /** Other brokers write the topic with or without the slash in front. */
  private static Optional<Secret> token(String topic) {
    return ForwardTopics.tokenOf(topic.startsWith("/") ? topic : "/" + topic);
  }

  private boolean fits(ForwardingAccess access, Secret token) {
    return access.token().hash().equals(vault.hash(token));
  }

  private static Answer says(String result) {
    return Answer.ok(json -> json.object(() -> json.field("result", result)));
  }
}
