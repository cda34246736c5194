package io.mestral.smartapi.security.encryption;

import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.SecretMultikey;
import java.security.PrivateKey;

/** A private key that parts are decrypted with. */
public sealed interface DecryptionKey {

  /**
   * A key that other keys are agreed on with.
   *
   * @param key the key, on P-256
   */
  record Agreement(SecretMultikey key) implements DecryptionKey {

    /** Refuses keys of another kind. */
    public Agreement {
      if (key.publicKey().type() != KeyType.P_256) {
        throw new IllegalArgumentException(
            "keys are agreed on with P-256, not " + key.publicKey().type());
      }
    }
  }

  /**
   * A key of RSA.
   *
   * @param key the key
   */
  record Rsa(PrivateKey key) implements DecryptionKey {

    /** Says no more than what it is. */
    @Override
    public String toString() {
      return "a private key of RSA";
    }
  }
}
