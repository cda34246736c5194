package io.mestral.smartapi.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.rdf.Iri;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.Test;

/** The constants are the vocabulary file's terms, no more and no fewer. */
class VocabularyTest {
  private final Model ontology = read();

  @Test
  void everyClassIsAConstant() {
    assertThat(constants(Types.class)).isEqualTo(declared(OWL.Class));
  }

  @Test
  void everyPropertyIsAConstant() {
    Set<String> properties = declared(RDF.Property);
    properties.addAll(declared(OWL.ObjectProperty));
    properties.addAll(declared(OWL.DatatypeProperty));
    Set<String> constants = constants(SmartApi.class);
    constants.addAll(constants(Sx.class));
    assertThat(constants).isEqualTo(properties);
  }

  @Test
  void everyMethodIsAConstant() {
    Set<String> individuals = declared(ontology.createResource(Types.METHOD.value()));
    individuals.addAll(declared(ontology.createResource(Types.GENERATION_METHOD.value())));
    assertThat(constants(Individuals.class)).isEqualTo(individuals);
  }

  private Set<String> declared(Resource kind) {
    return new TreeSet<>(
        ontology
            .listSubjectsWithProperty(RDF.type, kind)
            .filterKeep(Resource::isURIResource) // domains of two classes are unions without a name
            .mapWith(Resource::getURI)
            .toSet());
  }

  private static Set<String> constants(Class<?> holder) {
    return Stream.of(holder.getFields())
        .filter(field -> field.getType() == Iri.class)
        .map(VocabularyTest::value)
        .collect(TreeSet::new, Set::add, Set::addAll);
  }

  private static String value(Field field) {
    try {
      return ((Iri) field.get(null)).value();
    } catch (IllegalAccessException e) {
      throw new AssertionError(field + " is not public", e);
    }
  }

  private static Model read() {
    Model model = ModelFactory.createDefaultModel();
    RDFDataMgr.read(model, Types.class.getResourceAsStream("vocabulary.ttl"), Lang.TURTLE);
    return model;
  }
}
