package io.mestral.routing.request;

import io.mestral.smartapi.canonical.Canonical;
import io.mestral.smartapi.canonical.HashAlgorithm;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.vocabulary.Sx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Tells whether two messages of one name are the same Request. */
public final class RequestDigest {
  private RequestDigest() {}

  /**
   * A digest of all that the sender of a Request says, in whatever syntax; what gateways write on
   * the message as it passes is left out.
   *
   * @param principal the name of whom it speaks for: nobody is answered what was answered to others
   */
  public static byte[] of(Request request, String principal) {
    Graph.Builder said = Graph.builder();
    request
        .graph()
        .triples()
        .filter(
            t ->
                !t.subject().equals(request.node())
                    || !t.predicate().equals(Sx.VIA) && !t.predicate().equals(Sx.HOP_LIMIT))
        .forEach(said::add);
    MessageDigest digest = HashAlgorithm.SHA_256.newDigest();
    digest.update(Canonical.form(said.build()));
    return digest.digest(principal.getBytes(StandardCharsets.UTF_8));
  }

  /** Why a Request is refused whose name another one had. */
  public static SmartApiException conflict(Request request) {
    return new SmartApiException(
        ErrorType.CONFLICT_ERROR,
        "Another Request was sent under " + request.node() + " before.",
        request.node());
  }
}
