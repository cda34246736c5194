package io.mestral.smartapi.vocabulary;

import io.mestral.smartapi.rdf.Iri;

/** The W3C security vocabulary: proofs and keys. */
public final class Sec {
  /** The namespace, {@code https://w3id.org/security#}. */
  public static final String NAMESPACE = "https://w3id.org/security#";

  /** {@code sec:proof}: a proof about the subject. */
  public static final Iri PROOF = new Iri(NAMESPACE + "proof");

  /** {@code sec:DataIntegrityProof}: a proof. */
  public static final Iri DATA_INTEGRITY_PROOF = new Iri(NAMESPACE + "DataIntegrityProof");

  /** {@code sec:cryptosuite}: which algorithms. */
  public static final Iri CRYPTOSUITE = new Iri(NAMESPACE + "cryptosuite");

  /** {@code sec:verificationMethod}: the key. */
  public static final Iri VERIFICATION_METHOD = new Iri(NAMESPACE + "verificationMethod");

  /** {@code sec:proofPurpose}: what the proof is for. */
  public static final Iri PROOF_PURPOSE = new Iri(NAMESPACE + "proofPurpose");

  /** {@code sec:assertionMethod}: the purpose of all proofs here. */
  public static final Iri ASSERTION_METHOD = new Iri(NAMESPACE + "assertionMethod");

  /** {@code sec:proofValue}: the signature. */
  public static final Iri PROOF_VALUE = new Iri(NAMESPACE + "proofValue");

  /** {@code sec:expiration}: until when the proof holds. */
  public static final Iri EXPIRATION = new Iri(NAMESPACE + "expiration");

  /** {@code sec:Multikey}: a public key. */
  public static final Iri MULTIKEY = new Iri(NAMESPACE + "Multikey");

  /** {@code sec:publicKeyMultibase}: the bytes of a public key. */
  public static final Iri PUBLIC_KEY_MULTIBASE = new Iri(NAMESPACE + "publicKeyMultibase");

  /** {@code sec:controller}: whose key it is. */
  public static final Iri CONTROLLER = new Iri(NAMESPACE + "controller");

  /** {@code sec:multibase}: datatype of bytes with a letter for their base in front. */
  public static final Iri MULTIBASE = new Iri(NAMESPACE + "multibase");

  /** {@code sec:cryptosuiteString}: datatype of names of suites. */
  public static final Iri CRYPTOSUITE_STRING = new Iri(NAMESPACE + "cryptosuiteString");

  private Sec() {}
}
