package io.mestral.verticles.auth.oauth;

import io.mestral.model.UserId;

/** Hears what a request of an application is about, as soon as that is known; for the audit log. */
@FunctionalInterface
public interface GrantWitness {
  /**
   * It is about what was granted to an application, however it ends.
   *
   * @param application its number
   * @param user who granted it
   */
  void about(long application, UserId user);
}
