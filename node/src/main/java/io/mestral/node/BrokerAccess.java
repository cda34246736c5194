package io.mestral.node;

import io.mestral.broker.connection.RightsChanges;
import io.mestral.model.access.Principal;
import io.mestral.verticles.auth.GrantedAccess;
import java.util.function.Predicate;

/** Tells the broker whose rights changed. */
record BrokerAccess(RightsChanges broker) implements GrantedAccess {
  @Override
  public void sendAway(Predicate<Principal> whom) {
    broker.sendAway(whom);
  }

  @Override
  public void review(String principal) {
    broker.review(principal);
  }
}
