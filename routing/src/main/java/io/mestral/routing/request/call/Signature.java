package io.mestral.routing.request.call;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ability.Input;
import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.unit.Measure;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an Activity says that it takes: Inputs by the keys of Parameters, each with what its value
 * has to be like. An Activity that says nothing of Inputs takes any; one with an Input that has no
 * Parameter takes none by name.
 */
public final class Signature {
  private static final int MOST_NAMED = 30;

  private final Activity offered;
  private final Map<String, Argument> inputs = new LinkedHashMap<>();
  private final Set<String> required = new HashSet<>();
  private final Map<String, ValueObject> outputs = new LinkedHashMap<>();
  private final Units units;

  /**
   * As an Activity is described.
   *
   * @param units what values are compared by
   */
  public Signature(Activity offered, Units units) {
    this.offered = offered;
    this.units = units;
    values(offered, outputs::put);
    for (Input input : inputs(offered))
      for (Obj parameter : input.objects(SmartApi.PARAMETER, Obj::at))
        parameter.value(SmartApi.KEY).ifPresent(key -> declare(key.asString(), input, parameter));
  }

  /** The ValueObjects of Outputs, by key. */
  private static void values(Activity activity, BiConsumer<String, ValueObject> each) {
    for (Output output : activity.outputs())
      for (String name : output.named().names())
        for (Variant value : output.named().values(name))
          if (value.term() instanceof Resource node)
            each.accept(name, ValueObject.at(activity.graph(), node));
  }

  private static List<Input> inputs(Activity activity) {
    return Stream.concat(activity.inputs().stream(), activity.referencedInputs().stream()).toList();
  }

  /** How a value has to be stands on the ValueObject, or where there is none on the Parameter. */
  private void declare(String key, Input input, Obj parameter) {
    Optional<Term> value = parameter.graph().object(parameter.node(), Rdf.VALUE);
    Obj form =
        value
            .filter(Resource.class::isInstance)
            .map(node -> Obj.at(parameter.graph(), (Resource) node))
            .orElse(parameter);
    boolean hasDefault = form.graph().object(form.node(), Rdf.VALUE).isPresent();
    inputs.put(key, new Argument(key, form.as(ValueObject::at), units));
    boolean mustBeGiven =
        Stream.of(input, parameter, form)
            .allMatch(one -> one.value(Sx.REQUIRED).map(Variant::asBoolean).orElse(true));
    if (mustBeGiven && !hasDefault) required.add(key);
  }

  /**
   * Ends a call whose method or Inputs aren't what the Activity takes, or that wants Outputs in
   * units that they can't be given in: afterwards it would be too late.
   *
   * @throws SmartApiException of type InvalidParams or UnitError, which names the Input or Output
   *     and what is allowed
   */
  public void check(Activity call) {
    if (!offered.method().equals(call.method()))
      throw unfit(
          "is called "
              + offered
                  .method()
                  .map(method -> "with the method " + method)
                  .orElse("without method"),
          call);
    values(call, this::checkOutput);
    checkInputs(call);
  }

  private void checkOutput(String name, ValueObject wanted) {
    Optional<ValueObject> given = Optional.ofNullable(outputs.get(name));
    Optional<Iri> unit = given.flatMap(ValueObject::unit).or(wanted::unit);
    try {
      units.conversion(
          new Measure(unit, given.flatMap(ValueObject::quantityKind)),
          new Measure(wanted.unit(), wanted.quantityKind()));
      if (wanted.unit().isPresent() && units.unit(wanted.unit().get()).isEmpty())
        throw new SmartApiException(
            ErrorType.UNIT_ERROR, wanted.unit().get() + " is no unit that is known here");
    } catch (SmartApiException other) {
      throw new SmartApiException(
          ErrorType.UNIT_ERROR,
          "The Output \"%s\" can't be given so: %s.".formatted(name, other.getMessage()));
    }
  }

  private void checkInputs(Activity call) {
    if (inputs(offered).isEmpty()) return;
    Set<String> given = new HashSet<>();
    for (Input input : inputs(call))
      for (String name : input.named().names()) {
        given.add(name);
        if (!inputs.containsKey(name))
          throw unfit("has no Input \"" + name + "\"; " + allowed(), call);
      }
    List<String> missing =
        inputs.keySet().stream()
            .filter(required::contains)
            .filter(n -> !given.contains(n))
            .toList();
    if (!missing.isEmpty())
      throw unfit(
          "wants the Input "
              + missing.stream()
                  .limit(MOST_NAMED)
                  .map(name -> inputs.get(name).toString())
                  .collect(Collectors.joining(", and "))
              + ", as a smartapi:Parameter with that key",
          call);
    for (Input input : call.inputs())
      for (String name : input.named().names())
        for (Variant value : input.named().values(name))
          inputs.get(name).check(value, call.graph());
  }

  private String allowed() {
    if (inputs.isEmpty()) return "it takes none";
    String more =
        inputs.size() > MOST_NAMED ? ", and " + (inputs.size() - MOST_NAMED) + " more" : "";
    return "allowed are "
        + inputs.values().stream()
            .limit(MOST_NAMED)
            .map(Argument::toString)
            .collect(Collectors.joining(", "))
        + more;
  }

  private SmartApiException unfit(String how, Activity call) {
    return new SmartApiException(
        ErrorType.INVALID_PARAMS, "The Activity " + offered.node() + " " + how + ".", call.node());
  }
}
