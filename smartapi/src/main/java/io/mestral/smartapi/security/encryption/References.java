package io.mestral.smartapi.security.encryption;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.security.key.Multihash;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Map;
import java.util.Set;

/** Tells stubs apart that stand in a message for what is carried elsewhere. */
public final class References {
  private static final Set<Iri> TYPES =
      Set.of(Types.REFERENCE, Types.MULTIPART_REFERENCE, Types.ENCRYPTED_REFERENCE);

  private References() {}

  /**
   * Whether a node is a stub of any kind.
   *
   * @param graph the message
   * @param node the node
   * @return whether it has one of the three types of references
   */
  public static boolean isReference(Graph graph, Resource node) {
    return TYPES.stream().anyMatch(type -> graph.contains(node, Rdf.TYPE, type));
  }

  /**
   * Whether a node is a stub as the published SDK makes them (Smart API, section 7.1): a reference
   * that has no JWE, and no hash as they are written here. They are passed on as they are.
   *
   * @param graph the message
   * @param node the node
   * @param parts the message's parts of type {@code application/jose}, by the IRI of their object
   * @return whether it is one
   */
  public static boolean isLegacy(Graph graph, Resource node, Map<Iri, byte[]> parts) {
    return isReference(graph, node)
        && !isEncrypted(graph, node, parts)
        && graph.objects(node, SmartApi.HASH_CODE).stream()
            .noneMatch(h -> h instanceof Literal text && Multihash.isMultihash(text.lexical()));
  }

  /**
   * Whether a node is a stub of which the object is a JWE, in the stub or beside the message.
   *
   * @param graph the message
   * @param node the node
   * @param parts the message's parts of type {@code application/jose}, by the IRI of their object
   * @return whether it is one
   */
  public static boolean isEncrypted(Graph graph, Resource node, Map<Iri, byte[]> parts) {
    return node instanceof Iri iri
        && graph.contains(iri, Rdf.TYPE, Types.ENCRYPTED_REFERENCE)
        && (!graph.objects(iri, Sx.JWE).isEmpty() || parts.containsKey(iri));
  }

  /** Whether a triple of a stub is the stub's own, and no longer true of the object behind it. */
  static boolean isOfStub(Iri predicate, Object object) {
    return predicate.equals(Sx.JWE)
        || predicate.equals(SmartApi.HASH_CODE)
        || predicate.equals(SmartApi.ENCRYPTION_KEY_TYPE)
        || predicate.equals(Rdf.TYPE) && object instanceof Iri type && TYPES.contains(type);
  }
}
