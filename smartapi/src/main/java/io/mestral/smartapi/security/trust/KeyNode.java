package io.mestral.smartapi.security.trust;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.security.key.Multikey;
import io.mestral.smartapi.vocabulary.Sec;
import io.mestral.smartapi.vocabulary.Sx;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * A public key as a message carries it, {@code sec:Multikey} (Smart API, section 7.3). What it says
 * is a claim; {@link CertificateTrust} finds out whether it is true.
 *
 * @param id the key's IRI
 * @param controller whose key it says it is
 * @param key the key
 * @param certificates the key's certificate and those up to a root, in any order; may be empty
 */
public record KeyNode(Iri id, Iri controller, Multikey key, List<X509Certificate> certificates) {
  private static final int MOST_CERTIFICATES = 10;
  private static final int LONGEST_CERTIFICATE = 64 << 10;

  /** Takes a copy of the list. */
  public KeyNode {
    certificates = List.copyOf(certificates);
  }

  /**
   * Reads a key's node.
   *
   * @param graph the message
   * @param id the key's IRI, about which something is stated
   * @return the node
   * @throws SmartApiException of type SecurityError if a part is missing, twice there or malformed
   */
  public static KeyNode read(Graph graph, Iri id) {
    if (!graph.contains(id, Rdf.TYPE, Sec.MULTIKEY)) {
      throw wrong(id, "isn't a sec:Multikey");
    }
    if (!(only(graph, id, Sec.CONTROLLER, "sec:controller") instanceof Iri controller)) {
      throw wrong(id, "has a sec:controller that isn't an IRI");
    }
    Term text = only(graph, id, Sec.PUBLIC_KEY_MULTIBASE, "sec:publicKeyMultibase");
    if (!(text instanceof Literal literal && literal.datatype().equals(Sec.MULTIBASE))) {
      throw wrong(id, "has a sec:publicKeyMultibase that isn't a literal of sec:multibase");
    }
    Multikey key = Multikey.parse(((Literal) text).lexical());
    return new KeyNode(id, controller, key, certificates(graph, id));
  }

  /**
   * Writes the node into a message.
   *
   * @param graph where it is added, the key's own certificate first
   */
  public void addTo(Graph.Builder graph) {
    graph
        .add(id, Rdf.TYPE, Sec.MULTIKEY)
        .add(id, Sec.CONTROLLER, controller)
        .add(id, Sec.PUBLIC_KEY_MULTIBASE, Literal.of(key.multibase(), Sec.MULTIBASE));
    for (X509Certificate certificate : certificates) {
      try {
        String base64 = Base64.getEncoder().encodeToString(certificate.getEncoded());
        graph.add(id, Sx.CERTIFICATE, Literal.of(base64, Xsd.BASE64_BINARY));
      } catch (CertificateEncodingException e) {
        throw new IllegalArgumentException("a certificate of " + id + " can't be encoded", e);
      }
    }
  }

  private static List<X509Certificate> certificates(Graph graph, Iri id) {
    Collection<Term> values = graph.objects(id, Sx.CERTIFICATE);
    if (values.size() > MOST_CERTIFICATES) {
      throw wrong(
          id,
          "has " + values.size() + " certificates, at most " + MOST_CERTIFICATES + " are taken");
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (Term value : values) {
      if (!(value instanceof Literal base64 && base64.datatype().equals(Xsd.BASE64_BINARY))) {
        throw wrong(id, "has an sx:certificate that isn't a literal of xsd:base64Binary");
      }
      certificates.add(certificate(id, ((Literal) value).lexical()));
    }
    return certificates;
  }

  private static X509Certificate certificate(Iri id, String base64) {
    if (base64.length() > LONGEST_CERTIFICATE) {
      throw wrong(id, "has a certificate of more than " + LONGEST_CERTIFICATE + " characters");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException | IllegalArgumentException e) {
      throw new SmartApiException(
          ErrorType.SECURITY_ERROR,
          "The key " + id + " has an sx:certificate that isn't an X.509 certificate in DER.",
          e);
    }
  }

  private static Term only(Graph graph, Iri id, Iri predicate, String name) {
    Collection<Term> values = graph.objects(id, predicate);
    if (values.size() != 1) {
      throw wrong(id, "has " + values.size() + " values of " + name + ", it needs one");
    }
    return values.iterator().next();
  }

  private static SmartApiException wrong(Iri id, String what) {
    return new SmartApiException(ErrorType.SECURITY_ERROR, "The key " + id + " " + what + ".", id);
  }
}
