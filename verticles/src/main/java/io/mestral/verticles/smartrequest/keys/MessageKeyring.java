package io.mestral.verticles.smartrequest.keys;

import io.mestral.routing.request.trust.Keyring;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.encryption.DecryptionKey;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.security.trust.KeyResolver;
import io.mestral.smartapi.security.trust.KeyServer;
import io.mestral.smartapi.security.trust.TrustStore;
import io.mestral.smartapi.security.trust.TrustedKey;
import java.util.Optional;

/** The node's own keys, and those that it was told to believe. */
public record MessageKeyring(NodeKeys own, TrustedKeys trusted) implements Keyring {
  @Override
  public KeyResolver believed() {
    return new KeyResolver(new Store(own, trusted), trusted.certificates(), KeyServer.NONE);
  }

  /** What the node itself signed is found again, too. */
  private record Store(NodeKeys own, TrustedKeys trusted) implements TrustStore {
    @Override
    public Optional<TrustedKey> key(Iri id) {
      return trusted.key(id).or(() -> own.key(id));
    }

    @Override
    public boolean maySpeakFor(Iri controller, Iri sender) {
      return trusted.maySpeakFor(controller, sender);
    }
  }

  @Override
  public Optional<Signer> signer() {
    return own.signer();
  }

  @Override
  public Optional<DecryptionKey> decryption(Iri id) {
    return own.decryption(id);
  }

  @Override
  public Optional<TrustedKey> agreement(Iri controller) {
    return trusted.agreement(controller);
  }
}
