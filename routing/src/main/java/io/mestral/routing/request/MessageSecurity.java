package io.mestral.routing.request;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Message;
import io.vertx.core.Future;

/** What is signed and encrypted of messages that come and go (Smart API, sections 7.2 to 7.5). */
public interface MessageSecurity {
  /**
   * Decrypts what of a message is encrypted to this node, and checks every proof that it carries.
   * Fails with SecurityError when a part can't be decrypted, when a proof doesn't hold, or when one
   * is demanded and missing.
   */
  Future<Opened> opened(Incoming incoming);

  /**
   * A message whose proofs hold.
   *
   * @param incoming with its parts decrypted; the asker is its sender where a proof says so
   * @param isEncrypted whether there was something to decrypt, so that answers are encrypted, too
   * @param isProven whether the sender is known by a proof alone
   */
  record Opened(Incoming incoming, boolean isEncrypted, boolean isProven) {}

  /**
   * Lets a Request pass that wasn't answered before, and that carries a proof.
   *
   * @throws SmartApiException of type InvalidRequest if it has no IRI or is too old, ConflictError
   *     if it is somebody else's who sends it again
   */
  void checkFresh(Opened opened);

  /**
   * An answer with its Activities encrypted to whoever asked. Fails with SecurityError when no key
   * of theirs is known.
   */
  Future<Message> encrypted(Message answer, Received asked, Asker asker);

  /** An answer, signed by this node if the Request was signed by its sender. */
  Future<Message> signed(Message answer, Received asked);
}
