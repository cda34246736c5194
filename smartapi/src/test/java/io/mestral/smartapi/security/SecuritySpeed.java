package io.mestral.smartapi.security;

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
import io.mestral.smartapi.security.trust.CertificateTrust;
import io.mestral.smartapi.security.trust.KeyResolver;
import io.mestral.smartapi.security.trust.KeyServer;
import io.mestral.smartapi.security.trust.Revocation;
import io.mestral.smartapi.security.trust.TrustStore;
import io.mestral.smartapi.security.trust.TrustedKey;
import io.mestral.smartapi.syntax.Limits;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many small messages are signed, encrypted, decrypted and verified per second of one thread,
 * and how much of that time the signatures and agreements alone take. Not a test; run by hand.
 */
public final class SecuritySpeed {
  private static final Iri THERMO = new Iri("https://fleet.example/id/thermo-12");
  private static final Iri GATEWAY = new Iri("https://fleet.example/id/gateway-2");
  private static final Iri KEY = new Iri("https://fleet.example/id/gateway-2#key-1");
  private static final Iri DOOR = new Iri("https://fleet.example/id/door-3");

  private final CryptoEngine engine;
  private final SecretMultikey signing =
      SecretMultikey.generate(KeyType.ED25519, new SecureRandom());
  private final SecretMultikey agreeing =
      SecretMultikey.generate(KeyType.P_256, new SecureRandom());
  private final Graph message = TestGraphs.turtle("05-notify");

  private SecuritySpeed(CryptoEngine engine) {
    this.engine = engine;
  }

  /** Measures every engine there is. */
  public static void main(String[] seconds) {
    double each = seconds.length == 0 ? 10 : Double.parseDouble(seconds[0]);
    new SecuritySpeed(new BouncyCastleEngine()).measure(each);
    CorrettoEngine.AVAILABLE.ifPresent(corretto -> new SecuritySpeed(corretto).measure(each));
  }

  private void measure(double seconds) {
    Proofs proofs = new Proofs(engine, WorkBudget.DEFAULT);
    Clock clock = Clock.systemUTC();
    Encryption encryption = new Encryption(engine, false);
    Decryption decryption =
        new Decryption(
            engine, kid -> Optional.of(new DecryptionKey.Agreement(agreeing)), Limits.DEFAULT);
    ProofVerifier verifier = new ProofVerifier(proofs, resolver(clock), clock);
    List<Recipient> recipients =
        List.of(new Recipient.Agreement(new Iri("urn:key"), DOOR, agreeing.publicKey()));
    Signer signer = new Signer(KEY, signing);
    Runnable round =
        () -> {
          Graph signed = proofs.sign(message, THERMO, signer, clock.instant());
          Graph stubbed = encryption.encrypt(signed, THERMO, GATEWAY, recipients).message();
          verifier.verifyFor(decryption.decrypt(stubbed, Map.of()), THERMO, GATEWAY);
        };
    byte[] input = new byte[64];
    Runnable bare =
        () -> {
          byte[] signature = engine.sign(signing, input);
          SecretMultikey ephemeral = engine.ephemeral();
          engine.agree(ephemeral, agreeing.publicKey());
          Multikey point =
              Multikey.ofPoint(KeyType.P_256, ephemeral.publicKey().x(), ephemeral.publicKey().y());
          engine.agree(agreeing, point);
          engine.verify(signing.publicKey(), input, signature);
        };
    Graph signed = proofs.sign(message, THERMO, signer, clock.instant());
    Runnable proofAlone =
        () ->
            verifier.verifyFor(
                proofs.sign(message, THERMO, signer, clock.instant()), THERMO, GATEWAY);
    Runnable jweAlone =
        () ->
            decryption.decrypt(
                encryption.encrypt(signed, THERMO, GATEWAY, recipients).message(), Map.of());
    String name = engine.getClass().getSimpleName();
    report(name + " round trips", round, seconds);
    report(name + " bare primitives", bare, seconds);
    report(name + " sign and verify", proofAlone, seconds);
    report(name + " encrypt and decrypt", jweAlone, seconds);
  }

  private KeyResolver resolver(Clock clock) {
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
            List.of(), Revocation.NEVER, CertificateTrust.DEFAULT_STATE_AGE, clock);
    return new KeyResolver(store, noRoots, KeyServer.NONE);
  }

  private static void report(String what, Runnable work, double seconds) {
    repeat(work, seconds / 2); // warms up
    long before = cpuTime();
    int done = repeat(work, seconds);
    double used = (cpuTime() - before) / 1e9;
    System.out.printf(
        "%-45s %7.0f per second, %6.0f µs each%n", what, done / used, used / done * 1e6);
  }

  private static int repeat(Runnable work, double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    int done = 0;
    while (System.nanoTime() < end) {
      work.run();
      done++;
    }
    return done;
  }

  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
