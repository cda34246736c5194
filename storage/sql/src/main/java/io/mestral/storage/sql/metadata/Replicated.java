package io.mestral.storage.sql.metadata;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;

/** What belongs to the node above, so that it can't be changed here. */
final class Replicated {
  private static final String IS_FROM_ABOVE =
      "SELECT count(*) AS n FROM replica_users WHERE user_id = $1";

  private Replicated() {}

  /** Part of another unit; fails when the user came from the node above. */
  static Future<Void> requireOwnUser(Session session, long user) {
    return session
        .number(IS_FROM_ABOVE, user)
        .map(
            found -> {
              if (found > 0)
                throw refusal("the account is of the node above, and is changed there alone");
              return null;
            });
  }

  /** Fails when the device has a token that the node above has given it. */
  static Future<Void> requireOwnToken(Device device) {
    return device.token().filter(Replicated::isFromAbove).isPresent()
        ? Future.failedFuture(
            refusal("the device's token is of the node above, and is changed there alone"))
        : Future.succeededFuture();
  }

  /** A token from above: of it only the hash is known. */
  static boolean isFromAbove(SealedToken token) {
    return token.cipher().length == 0;
  }

  static SealedToken token(String sharedHash) {
    return new SealedToken(sharedHash, new byte[0]);
  }

  private static RefusedException refusal(String why) {
    return new RefusedException(Refusal.NOT_AUTHORIZED, why);
  }
}
