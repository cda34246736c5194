package io.mestral.verticles.smartrequest.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.list.NudeList;
import io.mestral.smartapi.list.RdfList;
import io.mestral.smartapi.matching.Outcome;
import io.mestral.smartapi.matching.Stock;
import io.mestral.smartapi.matching.Templates;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Types;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Templates in Turtle, over Entities that somebody may see. */
record Asking(Stream<Entity> entities, BiPredicate<Entity, Iri> allowed) {
  static final Instant MADE_AT = Instant.parse("2026-02-03T10:06:00Z");

  private static final String PREFIXES =
      """
      @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
      @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
      @prefix qudt: <http://data.nasa.gov/qudt/owl/qudt#> .
      @prefix quantity: <http://data.nasa.gov/qudt/owl/quantity#> .
      @prefix unit: <http://data.nasa.gov/qudt/owl/unit#> .
      @prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
      """;

  /** Reads by a template; {@code context} is what else stands on the Activity. */
  Outcome read(String template, String context) {
    Graph graph =
        new TurtleReader(Limits.DEFAULT)
            .read(
                (PREFIXES
                        + "[] a smartapi:Activity ; %s smartapi:entity %s ."
                            .formatted(context, template))
                    .getBytes(StandardCharsets.UTF_8));
    Activity activity =
        graph.subjects().stream()
            .filter(one -> graph.contains(one, Rdf.TYPE, Types.ACTIVITY))
            .map(one -> Activity.at(graph, one))
            .findFirst()
            .orElseThrow();
    return new Templates(new Known(), Ontology.core(), Units.shared(), Templates.MOST_ENTITIES)
        .read(activity, MADE_AT);
  }

  /** A TemporalContext of an Activity. */
  static String span(Instant start, Instant end) {
    return """
    smartapi:temporalContext [ a smartapi:TemporalContext ;
      smartapi:start "%s"^^xsd:dateTime ; smartapi:end "%s"^^xsd:dateTime ] ;"""
        .formatted(start, end);
  }

  /** The pairs of a series that was answered. */
  static SortedMap<Instant, Double> pairs(TimeSeries series) {
    RdfList list = RdfList.read(series.graph(), series.items().orElseThrow()).orElseThrow();
    NudeList pairs = (NudeList) list;
    double[] values = pairs.column("value").toDoubles();
    SortedMap<Instant, Double> found = new TreeMap<>();
    for (int at = 0; at < values.length; at++)
      found.put(Instant.parse(pairs.column("instant").strings().get(at).orElseThrow()), values[at]);
    assertThat(found).hasSize(values.length);
    return found;
  }

  private final class Known implements Stock {
    private final Map<Iri, Entity> known = new java.util.LinkedHashMap<>();

    Known() {
      entities.forEach(one -> known.put(one.iri().orElseThrow(), one));
    }

    @Override
    public Optional<Entity> find(Iri iri) {
      return Optional.ofNullable(known.get(iri));
    }

    @Override
    public Stream<Entity> all(Set<Iri> types) {
      return known.values().stream();
    }

    @Override
    public boolean allows(Entity entity, Iri method) {
      return allowed.test(entity, method);
    }
  }
}
