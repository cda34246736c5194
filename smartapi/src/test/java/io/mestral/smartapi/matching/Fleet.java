package io.mestral.smartapi.matching;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Types;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Three cars, a van and a thermometer: what the matching of templates is tried on. Afresh in every
 * test; what an Activity changes is carried out.
 */
final class Fleet implements Stock {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private static final String PREFIXES =
      """
      @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      @prefix owl: <http://www.w3.org/2002/07/owl#> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
      @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
      @prefix qudt: <http://data.nasa.gov/qudt/owl/qudt#> .
      @prefix quantity: <http://data.nasa.gov/qudt/owl/quantity#> .
      @prefix unit: <http://data.nasa.gov/qudt/owl/unit#> .
      @prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
      @prefix gr: <http://purl.org/goodrelations/v1#> .
      @prefix ex: <https://example.org/vocab#> .
      @prefix fleet: <https://fleet.example/id/> .
      """;

  private static final String STOCK =
      """
      fleet:car-7 a ex:Car ; ex:color "red" ;
        geo:location [ a geo:Point ; geo:lat 6.0E1 ; geo:long 2.4E1 ] ;
        ex:speed [ a smartapi:ValueObject ; qudt:quantityKind quantity:Velocity ;
          qudt:unit unit:KilometerPerHour ; rdf:value 5.0E1 ;
          smartapi:instant "2026-03-01T08:00:00Z"^^xsd:dateTime ] .
      fleet:car-9 a ex:Car ; ex:color "red" ;
        ex:speed [ a smartapi:ValueObject ; qudt:quantityKind quantity:Velocity ;
          qudt:unit unit:KilometerPerHour ; rdf:value 0.0E0 ;
          smartapi:instant "2026-03-01T07:00:00Z"^^xsd:dateTime ] .
      fleet:car-3 a ex:Car ; ex:color "blue" ;
        geo:location [ a geo:Point ; geo:lat 6.009E1 ; geo:long 2.4E1 ] ;
        ex:speed [ a smartapi:ValueObject ; qudt:quantityKind quantity:Velocity ;
          qudt:unit unit:KilometerPerHour ; rdf:value 8.0E1 ] .
      fleet:van-1 a ex:Van ; ex:color "red" ;
        geo:location [ a geo:Point ; geo:lat 6.0E1 ; geo:long 2.4E1 ] ;
        ex:speed [ a smartapi:ValueObject ; qudt:quantityKind quantity:Velocity ;
          qudt:unit unit:KilometerPerHour ; rdf:value 3.0E1 ;
          smartapi:instant "2026-03-01T08:00:00Z"^^xsd:dateTime ] .
      fleet:thermo-12 a ex:Thermometer ;
        geo:location [ a geo:Point ; geo:lat 6.0E1 ; geo:long 2.4E1 ] ;
        ex:temperature [ a smartapi:ValueObject ; qudt:quantityKind quantity:ThermodynamicTemperature ;
          qudt:unit unit:DegreeCelsius ; rdf:value 1.925E1 ;
          smartapi:instant "2026-03-01T08:00:00Z"^^xsd:dateTime ] .
      """;

  private static final Ontology ONTOLOGY =
      Ontology.core()
          .with(graph("ex:Car rdfs:subClassOf ex:Vehicle . ex:Van rdfs:subClassOf ex:Vehicle ."));

  private final Map<Iri, Entity> entities = new LinkedHashMap<>();
  private final Set<Iri> hidden;
  private final AtomicInteger minted = new AtomicInteger();

  /** The fleet, some of it not for the sender. */
  Fleet(String... hidden) {
    this.hidden = Stream.of(hidden).map(Fleet::fleet).collect(Collectors.toSet());
    add(STOCK);
  }

  /** More Entities. */
  Fleet add(String turtle) {
    Graph graph = graph(turtle);
    for (Resource subject : graph.subjects()) {
      if (subject instanceof Iri iri) {
        entities.put(iri, Entity.at(Entity.at(graph, iri).closure(), iri));
      }
    }
    return this;
  }

  Outcome read(String template) {
    return read(template, "");
  }

  /** Reads, with what else stands on the Activity. */
  Outcome read(String template, String context) {
    return templates().read(activity(template, context), NOW);
  }

  /** Reads what is taken for somebody else's answer. */
  Outcome readAnswered(String template, String context) {
    return templates().believing().read(activity(template, context), NOW);
  }

  Outcome write(String template) {
    return carryOut(templates().write(activity(template, ""), NOW));
  }

  Outcome delete(String template) {
    return carryOut(templates().delete(activity(template, "")));
  }

  Outcome create(String template) {
    return carryOut(
        templates().create(activity(template, ""), () -> fleet("new-" + minted.incrementAndGet())));
  }

  Templates templates() {
    return new Templates(this, ONTOLOGY, Units.shared(), Templates.MOST_ENTITIES);
  }

  /** An Activity with a template, or several with commas between. */
  static Activity activity(String template, String context) {
    Graph graph =
        graph(
            template.startsWith("fleet:")
                ? "[] a smartapi:Activity ; %s smartapi:entity %s ."
                    .formatted(context, template.replaceFirst(" ", " .\n" + first(template) + " "))
                : "[] a smartapi:Activity ; %s smartapi:entity %s .".formatted(context, template));
    Resource node =
        graph.subjects().stream()
            .filter(one -> graph.contains(one, Rdf.TYPE, Types.ACTIVITY))
            .findFirst()
            .orElseThrow();
    return Activity.at(graph, node);
  }

  static Graph graph(String turtle) {
    return new TurtleReader(Limits.DEFAULT)
        .read((PREFIXES + turtle).getBytes(StandardCharsets.UTF_8));
  }

  static Iri fleet(String name) {
    return new Iri("https://fleet.example/id/" + name);
  }

  static Iri ex(String name) {
    return new Iri("https://example.org/vocab#" + name);
  }

  private static String first(String template) {
    return template.substring(0, template.indexOf(' '));
  }

  private Outcome carryOut(Outcome outcome) {
    for (Change change : outcome.changes()) {
      change.before().ifPresent(before -> entities.remove(before.iri().orElseThrow()));
      change.after().ifPresent(after -> entities.put(after.iri().orElseThrow(), after));
    }
    return outcome;
  }

  @Override
  public Optional<Entity> find(Iri iri) {
    return Optional.ofNullable(entities.get(iri));
  }

  @Override
  public Stream<Entity> all(Set<Iri> types) {
    return entities.values().stream();
  }

  @Override
  public boolean allows(Entity entity, Iri method) {
    return !hidden.contains(entity.iri().orElseThrow());
  }
}
