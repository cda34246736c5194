package io.mestral.routing.request.trust;

import io.mestral.routing.request.Asker;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.trust.KeyNode;
import io.mestral.smartapi.security.trust.KeyResolver;
import io.mestral.smartapi.security.trust.TrustedKey;
import io.mestral.smartapi.vocabulary.Sec;
import java.util.Optional;

/**
 * A key that a Request brings along, for what it is answered with. It is good from those who showed
 * their credentials, in whose name it stands, and from anybody with a certificate that is believed:
 * it isn't part of what a proof on the Request secures.
 */
record CarriedKey(Graph request, Iri sender) {

  Optional<TrustedKey> of(Asker asker, KeyResolver believed) {
    return request.subjects().stream()
        .filter(node -> request.contains(node, Sec.CONTROLLER, sender))
        .flatMap(node -> read(node).stream())
        .filter(key -> key.key().type() == KeyType.P_256)
        .filter(key -> asker.hasCredentialsOf(sender) || isBelieved(key, believed))
        .findFirst();
  }

  private Optional<TrustedKey> read(Resource node) {
    if (!(node instanceof Iri id)) return Optional.empty();
    KeyNode key = KeyNode.read(request, id);
    return Optional.of(new TrustedKey(id, key.controller(), key.key()));
  }

  private boolean isBelieved(TrustedKey key, KeyResolver believed) {
    try {
      return believed.resolve(request, key.id()).equals(key);
    } catch (SmartApiException unknown) {
      return false;
    }
  }
}
