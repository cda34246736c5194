package io.mestral.routing.request;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.AskedForm;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives Outputs in the units, quantity kinds and datatypes that a call names: at Outputs of its
 * own, by the key of a Parameter. What it doesn't name stays as it is.
 */
final class OutputUnits {
  private final Map<String, ValueObject> asked = new HashMap<>();
  private final Consumer<SmartApiException> unfit;

  /**
   * As a call asks for it.
   *
   * @param unfit is told of values that can't be given so; these stay as they are
   */
  OutputUnits(Activity call, Consumer<SmartApiException> unfit) {
    this.unfit = unfit;
    for (Output output : call.outputs())
      for (String name : output.named().names())
        for (Variant value : output.named().values(name))
          if (value.term() instanceof Resource node)
            asked.putIfAbsent(name, ValueObject.at(call.graph(), node));
  }

  List<Output> of(List<Output> outputs) {
    return asked.isEmpty() ? outputs : outputs.stream().map(this::converted).toList();
  }

  private Output converted(Output output) {
    Map<Resource, ValueObject> parameters = new HashMap<>();
    for (Term one : output.graph().objects(output.node(), SmartApi.PARAMETER))
      if (one instanceof Resource node)
        Obj.at(output.graph(), node)
            .value(SmartApi.KEY)
            .map(key -> asked.get(key.asString()))
            .ifPresent(as -> parameters.put(node, as));
    if (parameters.isEmpty()) return output;
    Graph.Builder graph = Graph.builder();
    for (Triple triple : (Iterable<Triple>) output.closure().triples()::iterator) {
      Optional<ValueObject> as =
          triple.predicate().equals(Rdf.VALUE)
              ? Optional.ofNullable(parameters.get(triple.subject()))
              : Optional.empty();
      Term value =
          as.map(form -> converted(output, triple.object(), form, graph)).orElse(triple.object());
      graph.add(triple.subject(), triple.predicate(), value);
    }
    Graph all = graph.build();
    return Output.at(Output.at(all, output.node()).closure(), output.node());
  }

  private Term converted(Output output, Term value, ValueObject as, Graph.Builder graph) {
    try {
      if (value instanceof Resource node)
        return new AskedForm(Units.shared()).write(Obj.at(output.graph(), node), as, graph);
      if (as.unit().isPresent())
        throw new SmartApiException(
            ErrorType.UNIT_ERROR,
            "The Output "
                + value
                + " has no unit and can't be given in "
                + as.unit().get()
                + "; ask for it without one.");
    } catch (SmartApiException cause) {
      unfit.accept(cause);
    }
    return value;
  }
}
