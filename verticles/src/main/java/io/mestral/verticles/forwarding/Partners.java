package io.mestral.verticles.forwarding;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.ForwardingAccess;
import io.mestral.storage.ForwardingRegistry;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The topics under which partners find what is forwarded to them. */
final class Partners {
  private final ForwardingRegistry registry;
  private final Function<SealedToken, Optional<Secret>> open;

  /**
   * @param open unseals a token
   */
  Partners(ForwardingRegistry registry, Function<SealedToken, Optional<Secret>> open) {
    this.registry = registry;
    this.open = open;
  }

  /** The tokens of these users' partners; who has none is no key. */
  Future<Map<UserId, Secret>> tokensOf(Collection<UserId> users) {
    Map<UserId, Secret> tokens = new HashMap<>();
    List<Future<Optional<ForwardingAccess>>> asked =
        Set.copyOf(users).stream()
            .map(
                user ->
                    registry
                        .of(user)
                        .onSuccess(
                            found ->
                                found
                                    .map(ForwardingAccess::token)
                                    .flatMap(open)
                                    .ifPresent(token -> tokens.put(user, token))))
            .toList();
    return Future.all(asked).map(tokens);
  }

  static Topic topic(Secret token, DeviceId device) {
    return new Topic("/forward/" + token.reveal() + "/device/" + device.value() + "/readings");
  }
}
