package io.mestral.smartapi.matching;

import io.mestral.smartapi.condition.Condition;
import io.mestral.smartapi.condition.GraphScope;
import io.mestral.smartapi.condition.Truth;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ability.Availability;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.unit.Units;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Whether Entities can be reached, by their Availabilities and Restrictions (Smart API, section
 * 2.20): when there is no Availability, or one holds, and no Restriction does. Each has a time, an
 * area and Conditions, all of which are to hold; what it doesn't have holds.
 *
 * @param zone where the Entities are, for days of the week; UTC when that isn't known
 */
public record Reachability(Units units, ZoneId zone) {

  /**
   * Whether an Entity can be reached. A Restriction that can't be evaluated counts as one that
   * holds, an Availability as one that doesn't.
   *
   * @param entity with what is known of it
   * @param moment when
   */
  public boolean isAvailable(Entity entity, Instant moment) {
    List<Availability> availabilities = entity.availabilities();
    boolean isGiven =
        availabilities.isEmpty()
            || availabilities.stream().anyMatch(one -> holds(one, entity, moment) == Truth.TRUE);
    return isGiven
        && entity.restrictions().stream()
            .allMatch(one -> holds(one, entity, moment) == Truth.FALSE);
  }

  private Truth holds(Availability one, Entity entity, Instant moment) {
    try {
      Truth holds =
          Truth.of(
              one.temporalContext()
                      .map(context -> Span.of(context, moment).contains(moment, zone))
                      .orElse(true)
                  && one.geospatialContext()
                      .map(context -> Area.of(context, units).contains(entity))
                      .orElse(true));
      GraphScope scope = new GraphScope(entity.graph(), entity.node(), new Conversions(units));
      for (Obj condition : one.conditions())
        holds =
            holds.and(
                Condition.read(condition.graph(), condition.node())
                    .evaluate(scope, Optional.empty()));
      return holds;
    } catch (SmartApiException unfit) {
      return Truth.UNKNOWN;
    }
  }
}
