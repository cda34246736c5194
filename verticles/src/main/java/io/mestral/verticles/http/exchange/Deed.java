package io.mestral.verticles.http.exchange;

import io.mestral.model.UserId;
import java.util.Optional;

/** What a request turns out to be about, for the audit log. */
public final class Deed {
  private Optional<UserId> actor = Optional.empty();
  private Optional<String> object = Optional.empty();
  private Optional<UserId> owner = Optional.empty();
  private boolean noted;

  /**
   * It concerns a thing of somebody's.
   *
   * @param object what and which, such as {@code device 7}; no secret
   */
  public void about(String object, UserId owner) {
    this.object = Optional.of(object);
    this.owner = Optional.of(owner);
  }

  /** It concerns something that is nobody's. */
  public void about(String object) {
    this.object = Optional.of(object);
  }

  /** It is written down although it changes nothing, or nobody was signed in when it began. */
  public void note() {
    noted = true;
  }

  /** The asker proved to be somebody only on the way; it is written down. */
  public void noteAs(UserId actor) {
    this.actor = Optional.of(actor);
    noted = true;
  }

  /** Who the asker proved to be. */
  public Optional<UserId> actor() {
    return actor;
  }

  /** What it was done to. */
  public Optional<String> object() {
    return object;
  }

  /** Whose that is. */
  public Optional<UserId> owner() {
    return owner;
  }

  /** Whether it is written down in any case. */
  public boolean isNoted() {
    return noted;
  }
}
