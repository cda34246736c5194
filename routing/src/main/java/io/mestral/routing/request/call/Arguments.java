package io.mestral.routing.request.call;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ability.Input;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.value.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of a functional call by name, over all its Inputs. */
public final class Arguments {
  private final Activity activity;

  private Arguments(Activity activity) {
    this.activity = activity;
  }

  /** Of an Activity that is called. */
  public static Arguments of(Activity activity) {
    return new Arguments(activity);
  }

  /**
   * The same, once nothing is found in them that isn't taken.
   *
   * @throws SmartApiException of type InvalidParams if there is another name
   */
  public Arguments only(String... names) {
    for (Input input : activity.inputs())
      for (String name : input.named().names())
        if (!List.of(names).contains(name))
          throw new SmartApiException(
              ErrorType.INVALID_PARAMS,
              "%s has no Input \"%s\"; it has %s.".formatted(activity.node(), name, List.of(names)),
              activity.node());
    return this;
  }

  /** The argument of this name; ends the call when there is none, or several. */
  public Variant one(String name) {
    return find(name).orElseThrow(() -> unfit(name, "is missing"));
  }

  /** The argument of this name, if there is one; ends the call when there are several. */
  public Optional<Variant> find(String name) {
    List<Variant> found = new ArrayList<>();
    for (Input input : activity.inputs()) found.addAll(input.named().values(name));
    if (found.size() > 1) throw unfit(name, "stands there " + found.size() + " times");
    return found.stream().findFirst();
  }

  /** The object that an argument is. */
  public Obj object(String name) {
    return Obj.at(activity.graph(), one(name).asNode());
  }

  private SmartApiException unfit(String name, String how) {
    return new SmartApiException(
        ErrorType.INVALID_PARAMS,
        "The Input \"%s\" of %s %s; one is wanted, as a smartapi:Parameter with that key."
            .formatted(name, activity.node(), how),
        activity.node());
  }
}
