package io.mestral.benchmarks.smartapi;

import io.mestral.smartapi.canonical.WorkBudget;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.encryption.Decryption;
import io.mestral.smartapi.security.encryption.DecryptionKey;
import io.mestral.smartapi.security.encryption.Encryption;
import io.mestral.smartapi.security.encryption.Recipient;
import io.mestral.smartapi.security.key.BouncyCastleEngine;
import io.mestral.smartapi.security.key.CorrettoEngine;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.Multikey;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.security.proof.ProofVerifier;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.security.proof.VerifiedProof;
import io.mestral.smartapi.security.trust.CertificateTrust;
import io.mestral.smartapi.security.trust.KeyResolver;
import io.mestral.smartapi.security.trust.KeyServer;
import io.mestral.smartapi.security.trust.Revocation;
import io.mestral.smartapi.security.trust.TrustStore;
import io.mestral.smartapi.security.trust.TrustedKey;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A small message signed, encrypted, decrypted and verified, with Ed25519 and P-256, and the
 * signatures and agreements that this takes alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SecurityBenchmark {
  private static final Iri THERMO = new Iri("https://fleet.example/id/thermo-12");
  private static final Iri GATEWAY = new Iri("https://fleet.example/id/gateway-2");
  private static final Iri KEY = new Iri("https://fleet.example/id/gateway-2#key-1");
  private static final Iri DOOR = new Iri("https://fleet.example/id/door-3");
  private static final byte[] INPUT = new byte[64];
  private static final Clock CLOCK = Clock.systemUTC();

  /** Whose signatures and agreements. */
  @Param({"BouncyCastle", "Corretto"})
  public String engine;

  private final SecretMultikey signing =
      SecretMultikey.generate(KeyType.ED25519, new SecureRandom());
  private final SecretMultikey agreeing =
      SecretMultikey.generate(KeyType.P_256, new SecureRandom());
  private final Signer signer = new Signer(KEY, signing);
  private final List<Recipient> recipients =
      List.of(new Recipient.Agreement(new Iri("urn:key"), DOOR, agreeing.publicKey()));
  private Graph message;
  private CryptoEngine crypto;
  private Proofs proofs;
  private Encryption encryption;
  private Decryption decryption;
  private ProofVerifier verifier;

  /** Reads the message and makes what a node has once. */
  @Setup
  public void make() throws IOException {
    message = new TurtleReader(Limits.DEFAULT).read(Examples.bytes("05-notify.ttl"));
    crypto =
        engine.equals("BouncyCastle")
            ? new BouncyCastleEngine()
            : CorrettoEngine.AVAILABLE.orElseThrow();
    proofs = new Proofs(crypto, WorkBudget.DEFAULT);
    encryption = new Encryption(crypto, false);
    decryption =
        new Decryption(
            crypto, kid -> Optional.of(new DecryptionKey.Agreement(agreeing)), Limits.DEFAULT);
    verifier = new ProofVerifier(proofs, resolver(), CLOCK);
  }

  /** There and back again, which is much code to compile. */
  @Benchmark
  @Warmup(iterations = 20, time = 1)
  public VerifiedProof roundTrip() {
    Graph signed = proofs.sign(message, THERMO, signer, CLOCK.instant());
    Graph stubbed = encryption.encrypt(signed, THERMO, GATEWAY, recipients).message();
    return verifier.verifyFor(decryption.decrypt(stubbed, Map.of()), THERMO, GATEWAY);
  }

  /** One signature, its verification, an ephemeral key and the agreement on both sides. */
  @Benchmark
  public void primitives() {
    byte[] signature = crypto.sign(signing, INPUT);
    SecretMultikey ephemeral = crypto.ephemeral();
    crypto.agree(ephemeral, agreeing.publicKey());
    Multikey point =
        Multikey.ofPoint(KeyType.P_256, ephemeral.publicKey().x(), ephemeral.publicKey().y());
    crypto.agree(agreeing, point);
    crypto.verify(signing.publicKey(), INPUT, signature);
  }

  private KeyResolver resolver() {
    TrustedKey key = new TrustedKey(KEY, GATEWAY, signing.publicKey());
    TrustStore store =
        new TrustStore() {
          @Override
          public Optional<TrustedKey> key(Iri id) {
            return id.equals(KEY) ? Optional.of(key) : Optional.empty();
          }

          @Override
          public boolean maySpeakFor(Iri controller, Iri sender) {
            return false;
          }
        };
    CertificateTrust noRoots =
        new CertificateTrust(
            List.of(), Revocation.NEVER, CertificateTrust.DEFAULT_STATE_AGE, CLOCK);
    return new KeyResolver(store, noRoots, KeyServer.NONE);
  }
}
