package io.mestral.smartapi.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.Namespaces;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialectTest {
  private static final Iri NODE = new Iri("urn:uuid:00000000-0000-4000-8000-000000000001");

  @Test
  void termsOfTheProfileAreKnownInTheVendorsNamespace() {
    Graph foreign =
        Graph.builder()
            .add(NODE, Rdf.TYPE, smartapi("Heartbeat"))
            .add(NODE, smartapi("sequence"), Literal.of(7))
            .add(NODE, SmartApi.METHOD, smartapi("Create"))
            .build();
    assertThat(Dialect.normalise(foreign))
        .isEqualTo(
            Graph.builder()
                .add(NODE, Rdf.TYPE, Types.HEARTBEAT)
                .add(NODE, Sx.SEQUENCE, Literal.of(7))
                .add(NODE, SmartApi.METHOD, Individuals.CREATE)
                .build());
  }

  @Test
  void updateIsWriteAndManagedByIsIsManagedBy() {
    Graph foreign =
        Graph.builder()
            .add(NODE, SmartApi.METHOD, smartapi("Update"))
            .add(NODE, smartapi("managedBy"), NODE)
            .build();
    assertThat(Dialect.normalise(foreign))
        .isEqualTo(
            Graph.builder()
                .add(NODE, SmartApi.METHOD, Individuals.WRITE)
                .add(NODE, SmartApi.IS_MANAGED_BY, NODE)
                .build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unit", "hasUnit"})
  void theUnitIsFoundUnderTodaysPredicates(String name) {
    Iri celsius = new Iri(Namespaces.UNIT + "DEG_C");
    Graph foreign =
        Graph.builder().add(NODE, new Iri(Namespaces.QUDT_SCHEMA + name), celsius).build();
    assertThat(Dialect.normalise(foreign).objects(NODE, Qudt.UNIT)).containsExactly(celsius);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quantityKind", "hasQuantityKind"})
  void theQuantityKindIsFoundUnderTodaysPredicates(String name) {
    Iri kind = new Iri(Namespaces.QUANTITY_KIND + "Temperature");
    Graph foreign = Graph.builder().add(NODE, new Iri(Namespaces.QUDT_SCHEMA + name), kind).build();
    assertThat(Dialect.normalise(foreign).objects(NODE, Qudt.QUANTITY_KIND)).containsExactly(kind);
  }

  @Test
  void whatIsInOurTermsStaysTheSameGraph() {
    Graph ours = Graph.builder().add(NODE, SmartApi.METHOD, Individuals.READ).build();
    assertThat(Dialect.normalise(ours)).isSameAs(ours);
  }

  @Test
  void unknownTermsStay() {
    Graph unknown = Graph.builder().add(NODE, smartapi("Zeppelin"), smartapi("Airship")).build();
    assertThat(Dialect.normalise(unknown)).isSameAs(unknown);
  }

  private static Iri smartapi(String name) {
    return new Iri(Namespaces.SMARTAPI + name);
  }
}
