package io.mestral.verticles.http.account;

import io.mestral.model.UserId;
import io.mestral.model.platform.Gateway;
import java.util.function.Consumer;

/**
 * Who hears of changes that can take rights away.
 *
 * @param user hears of users whose password or role changed
 * @param partner hears of users whose partner's credentials are others than before, or the first
 * @param gateway hears of gateways whose token is no good any more
 */
public record AccountChanges(
    Consumer<UserId> user, Consumer<UserId> partner, Consumer<Gateway> gateway) {
  /** Nobody: for accounts that nobody uses yet. */
  public static final AccountChanges UNHEARD =
      new AccountChanges(user -> {}, user -> {}, gateway -> {});
}
