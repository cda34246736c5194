package io.mestral.smartapi.security.encryption;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.Multikey;
import java.security.interfaces.RSAPublicKey;

/** Who can decrypt a part. */
public sealed interface Recipient {

  /**
   * The IRI of the recipient's key.
   *
   * @return what {@code kid} says
   */
  Iri key();

  /**
   * The recipient.
   *
   * @return what {@code apv} says
   */
  Iri identity();

  /**
   * A recipient that keys are agreed on with, {@code ECDH-ES+A256KW}.
   *
   * @param key the key's IRI
   * @param identity the recipient
   * @param publicKey the key, on P-256
   */
  record Agreement(Iri key, Iri identity, Multikey publicKey) implements Recipient {

    /** Refuses keys of another kind. */
    public Agreement {
      if (publicKey.type() != KeyType.P_256) {
        throw new IllegalArgumentException(
            "keys are agreed on with P-256, not " + publicKey.type());
      }
    }
  }

  /**
   * A recipient that keys are encrypted for, {@code RSA-OAEP-256}.
   *
   * @param key the key's IRI
   * @param identity the recipient
   * @param publicKey the key, of at least 2,048 bits
   */
  record Rsa(Iri key, Iri identity, RSAPublicKey publicKey) implements Recipient {
    private static final int FEWEST_BITS = 2048;

    /** Refuses keys that are too short. */
    public Rsa {
      int bits = publicKey.getModulus().bitLength();
      if (bits < FEWEST_BITS) {
        throw new IllegalArgumentException(
            "an RSA key has at least " + FEWEST_BITS + " bits, " + key + " has " + bits);
      }
    }
  }
}
