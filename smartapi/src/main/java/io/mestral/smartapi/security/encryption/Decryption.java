package io.mestral.smartapi.security.encryption;

import com.nimbusds.jose.JOSEException;
import io.mestral.smartapi.canonical.Canonical;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.key.Multihash;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.NTriplesReader;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DataFormatException;

/**
 * Decrypts the parts of a message that are for this node (Smart API, section 7.5) and puts them
 * back in place of their stubs. Proofs are checked after that, on the message that comes out.
 *
 * @param engine computes agreements
 * @param keys the private keys that there are
 * @param limits what is taken in one part; the bytes of all parts together are at most 64 MiB
 */
public record Decryption(CryptoEngine engine, DecryptionKeys keys, Limits limits) {
  private static final int MOST_BYTES = 64 << 20;
  private static final int MOST_STUBS = 100;

  /**
   * Decrypts what can be. Stubs of parts that are for others, and those of the published SDK, stay
   * as they are.
   *
   * @param message the message
   * @param parts the message's parts of type {@code application/jose}, by the IRI of their object
   * @return the message with the parts in place of their stubs
   * @throws SmartApiException of type SecurityError if a part is malformed, made with algorithms
   *     that aren't allowed, was changed, or describes something else; TooLargeError if it is over
   *     a limit
   */
  public Graph decrypt(Graph message, Map<Iri, byte[]> parts) {
    List<Iri> stubs =
        message.subjects().stream()
            .filter(node -> References.isEncrypted(message, node, parts))
            .map(Iri.class::cast)
            .toList();
    if (stubs.size() > MOST_STUBS) {
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "The message has "
              + stubs.size()
              + " encrypted parts, at most "
              + MOST_STUBS
              + " are"
              + " taken.");
    }
    Map<Resource, Graph> plain = new HashMap<>();
    int left = MOST_BYTES;
    for (Iri stub : stubs) {
      Optional<byte[]> bytes = bytes(stub, jwe(message, stub, parts), left);
      if (bytes.isPresent()) {
        left -= bytes.get().length;
        plain.put(stub, plain(message, stub, bytes.get()));
      }
    }
    return plain.isEmpty() ? message : replaced(message, plain);
  }

  private static String jwe(Graph message, Iri stub, Map<Iri, byte[]> parts) {
    Collection<Term> values = message.objects(stub, Sx.JWE);
    if (values.isEmpty()) {
      return new String(parts.get(stub), StandardCharsets.UTF_8);
    }
    if (values.size() == 1 && values.iterator().next() instanceof Literal literal) {
      return literal.lexical();
    }
    throw wrong(stub, "has more than one sx:jwe, or one that isn't a literal", null);
  }

  /** The plain bytes, or nothing when no recipient's key is here. */
  private Optional<byte[]> bytes(Iri stub, String jwe, int most) {
    try {
      for (JweParts parts : JweParts.parse(jwe)) {
        Optional<String> refusal = Jwe.refusal(parts);
        if (refusal.isPresent()) {
          throw wrong(stub, "is refused: " + refusal.get(), null);
        }
        String kid = parts.header().getKeyID();
        Optional<DecryptionKey> key =
            kid == null || kid.isEmpty() ? Optional.empty() : keys.key(new Iri(kid));
        if (key.isPresent()) {
          byte[] bytes = new Jwe(engine).decrypt(parts, key.get());
          if (bytes.length > most) {
            throw Inflation.tooLarge(most);
          }
          return Optional.of(parts.isZipped() ? Inflation.inflate(bytes, most) : bytes);
        }
      }
      return Optional.empty();
    } catch (ParseException e) {
      throw wrong(stub, "isn't a JWE: " + e.getMessage(), e);
    } catch (JOSEException e) {
      throw wrong(stub, "can't be decrypted: " + e.getMessage(), e);
    } catch (DataFormatException e) {
      throw wrong(stub, "can't be inflated: " + e.getMessage(), e);
    }
  }

  private Graph plain(Graph message, Iri stub, byte[] bytes) {
    Graph plain;
    try {
      plain = new NTriplesReader(limits.withBytes(MOST_BYTES)).read(bytes);
    } catch (SmartApiException e) {
      if (e.type() == ErrorType.PARSE_ERROR) {
        throw wrong(stub, "isn't what its cty says: " + e.getMessage(), e);
      }
      throw e;
    }
    if (!plain.describes(stub)) {
      throw wrong(stub, "states nothing about " + stub, null);
    }
    Collection<Term> hashes = message.objects(stub, SmartApi.HASH_CODE);
    if (!hashes.isEmpty()) {
      String hash = Multihash.of(Canonical.form(plain));
      if (hashes.size() > 1 || !hashes.contains(Literal.of(hash))) {
        throw wrong(stub, "has another hash, " + hash + ", than its stub says", null);
      }
    }
    return plain;
  }

  private static Graph replaced(Graph message, Map<Resource, Graph> plain) {
    Graph.Builder replaced = Graph.builder();
    message
        .triples()
        .filter(
            t -> !plain.containsKey(t.subject()) || !References.isOfStub(t.predicate(), t.object()))
        .forEach(replaced::add);
    plain.values().forEach(replaced::addAll);
    return replaced.build();
  }

  private static SmartApiException wrong(Iri stub, String what, Exception cause) {
    String message = "The encrypted part " + stub + " " + what + (what.endsWith(".") ? "" : ".");
    return cause == null
        ? new SmartApiException(ErrorType.SECURITY_ERROR, message, stub)
        : new SmartApiException(ErrorType.SECURITY_ERROR, message, cause);
  }
}
