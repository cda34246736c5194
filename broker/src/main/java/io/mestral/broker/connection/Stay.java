package io.mestral.broker.connection;

import io.mestral.broker.session.Seat;
import io.mestral.broker.session.Session;
import io.mestral.broker.telemetry.ClientWatch;
import io.mestral.model.mqtt.Publish;
import java.util.Optional;

/** What a client has of the broker as long as it is connected, to be given back at the end. */
record Stay(Seat seat, ClientWatch watch, Optional<Publish> will, Services services) {

  /**
   * Gives everything back. The place is freed last: who comes next finds nothing left of this
   * connection.
   *
   * @param session what the client had, if it came so far
   */
  void end(Ending ending, Optional<Session> session) {
    session.ifPresent(present -> present.leave(ending.willDue()));
    services.sessions().vacate(seat);
    boolean seesToItself = session.map(Session::isKept).orElse(false);
    if (ending.willDue() && !seesToItself)
      new Will(will, seat.principal(), services, watch).publish();
    services.clients().left(watch, ending.label(), ending.code());
  }
}
