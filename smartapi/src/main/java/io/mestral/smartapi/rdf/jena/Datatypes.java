package io.mestral.smartapi.rdf.jena;

import java.util.HashMap;
import java.util.Map;
import org.apache.jena.datatypes.BaseDatatype;
import org.apache.jena.datatypes.RDFDatatype;
import org.apache.jena.datatypes.TypeMapper;

/**
 * Jena's datatypes by IRI. Jena keeps every unknown one for ever, so that messages could fill the
 * memory with them; here they go with the graph they were met in.
 */
final class Datatypes {
  private final Map<String, RDFDatatype> unknown = new HashMap<>();

  /**
   * Takes a datatype that a reader of Jena's met out of its memory, if no code stands behind it.
   */
  static void forget(RDFDatatype datatype) {
    if (datatype.getClass() == BaseDatatype.class) {
      TypeMapper.getInstance().unregisterDatatype(datatype);
    }
  }

  RDFDatatype of(String iri) {
    RDFDatatype known = TypeMapper.getInstance().getTypeByName(iri);
    return known != null ? known : unknown.computeIfAbsent(iri, BaseDatatype::new);
  }
}
