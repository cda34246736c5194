package io.mestral.routing.request;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.util.List;

/**
 * A gateway gets all of a Request as it is, or nothing of it. It gets nothing when there is an
 * Activity of its own in it that isn't to be called, because its sender may not or its Inputs don't
 * fit: the gateway would call it.
 */
record Withholding(Offers offers) {

  /** The same plans, without those of gateways that may not get the Request. */
  List<Plan> of(List<Plan> plans) {
    List<Plan> refused =
        plans.stream()
            .filter(plan -> plan.failure().isPresent())
            .filter(plan -> plan.call().name().filter(offers::isOffered).isPresent())
            .toList();
    return refused.isEmpty() ? plans : plans.stream().map(plan -> of(plan, refused)).toList();
  }

  private Plan of(Plan plan, List<Plan> refused) {
    return refused.stream()
        .filter(other -> plan.gateways().stream().anyMatch(gateway -> calls(gateway, other)))
        .findFirst()
        .map(other -> Plan.failed(plan.call(), plan.candidates().asker(), withheld(other)))
        .orElse(plan);
  }

  private boolean calls(String gateway, Plan other) {
    return !offers.isOthers(gateway, other.call().name().orElseThrow());
  }

  private static SmartApiException withheld(Plan other) {
    return new SmartApiException(
        ErrorType.INVALID_REQUEST,
        "The gateway isn't asked, since the Request has "
            + other.call().activity().node()
            + " for it, too, which isn't to be called. Ask in a Request without that.");
  }
}
