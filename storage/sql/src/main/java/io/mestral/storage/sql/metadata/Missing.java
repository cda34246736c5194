package io.mestral.storage.sql.metadata;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import java.util.function.Supplier;

/** The answer to a change of something that doesn't exist or is archived. */
final class Missing {
  private Missing() {}

  static Supplier<RefusedException> user(long id) {
    return () -> new RefusedException(Refusal.PROTOCOL_ERROR, "there is no user " + id);
  }

  static Supplier<RefusedException> application(long id) {
    return () -> new RefusedException(Refusal.PROTOCOL_ERROR, "there is no application " + id);
  }

  static Supplier<RefusedException> device(long id) {
    return () -> new RefusedException(Refusal.PROTOCOL_ERROR, "there is no device " + id);
  }

  static Supplier<RefusedException> orphan() {
    return () -> new RefusedException(Refusal.PROTOCOL_ERROR, "there is no such orphan");
  }
}
