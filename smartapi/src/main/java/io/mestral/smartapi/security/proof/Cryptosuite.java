package io.mestral.smartapi.security.proof;

import io.mestral.smartapi.security.key.KeyType;
import java.util.Arrays;
import java.util.Optional;

/** The ways of signing that proofs are made with here (W3C Data Integrity). */
public enum Cryptosuite {
  /** Ed25519 over RDFC-1.0 and SHA-256 (Data Integrity EdDSA Cryptosuites, section 3.2). */
  EDDSA_RDFC_2022("eddsa-rdfc-2022"),
  /** ECDSA with P-256 or P-384 over RDFC-1.0 (Data Integrity ECDSA Cryptosuites, section 3.2). */
  ECDSA_RDFC_2019("ecdsa-rdfc-2019");

  private final String id;

  Cryptosuite(String id) {
    this.id = id;
  }

  /**
   * The name in {@code sec:cryptosuite}.
   *
   * @return text such as {@code eddsa-rdfc-2022}
   */
  public String id() {
    return id;
  }

  /**
   * The suite for keys of a kind.
   *
   * @param type the kind
   * @return the only suite that they sign with
   */
  public static Cryptosuite of(KeyType type) {
    return type == KeyType.ED25519 ? EDDSA_RDFC_2022 : ECDSA_RDFC_2019;
  }

  static Optional<Cryptosuite> named(String id) {
    return Arrays.stream(values()).filter(suite -> suite.id.equals(id)).findFirst();
  }
}
