package io.mestral.smartapi.ontology;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Owl;
import io.mestral.smartapi.vocabulary.Rdfs;
import io.mestral.smartapi.vocabulary.Types;
import org.junit.jupiter.api.Test;

class OntologyTest {
  private static final Iri CAR = new Iri("https://example.org/vocab#Car");
  private static final Iri VEHICLE = new Iri("https://example.org/vocab#Vehicle");
  private static final Iri AUTO = new Iri("https://example.org/vocab#Auto");

  @Test
  void aKindOfAKindIsAKind() {
    assertThat(Ontology.core().isA(Types.GATEWAY, Types.ENTITY)).isTrue();
    assertThat(Ontology.core().isA(Types.ENTITY, Types.GATEWAY)).isFalse();
    assertThat(Ontology.core().isA(Types.RESTRICTION, Types.ABILITY)).isTrue();
    assertThat(Ontology.core().isA(Types.HEARTBEAT, Types.NOTIFICATION)).isTrue();
  }

  @Test
  void everythingIsAnObject() {
    assertThat(Ontology.core().isA(CAR, Types.OBJECT)).isTrue();
    assertThat(Ontology.core().isA(CAR, Types.ENTITY)).isFalse();
  }

  @Test
  void operatorsAddTheirClasses() {
    Ontology ontology =
        Ontology.core()
            .with(
                Graph.builder()
                    .add(CAR, Rdfs.SUB_CLASS_OF, VEHICLE)
                    .add(VEHICLE, Rdfs.SUB_CLASS_OF, Types.DEVICE)
                    .add(AUTO, Owl.EQUIVALENT_CLASS, CAR)
                    .build());
    assertThat(ontology.isA(CAR, Types.PHYSICAL_ENTITY)).isTrue();
    assertThat(ontology.isA(AUTO, VEHICLE)).isTrue();
    assertThat(ontology.isA(CAR, AUTO)).isTrue();
    assertThat(ontology.superclasses(CAR)).doesNotContain(CAR);
    assertThat(Ontology.core().isA(CAR, VEHICLE)).isFalse();
  }
}
