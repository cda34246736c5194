package io.mestral.broker.connection;

import io.mestral.broker.telemetry.SessionFigures;
import io.mestral.broker.telemetry.Watched;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Lets operators see and end what lives on the connection's event loop. */
record WatchedSession(Link link) implements Watched {
  @Override
  public Future<SessionFigures> figures() {
    Promise<SessionFigures> answer = Promise.promise();
    link.loop().courier().run(() -> answer.complete(link.session().figures()));
    return answer.future();
  }

  @Override
  public long queuedBytes() {
    return link.session().queuedBytes();
  }

  @Override
  public Future<Void> review() {
    Promise<Void> answer = Promise.promise();
    link.loop().courier().soon(() -> new Subscribing(link).review().onComplete(answer));
    return answer.future();
  }

  @Override
  public void disconnect() {
    link.loop().courier().run(() -> link.disconnector().end(Ending.KICKED));
  }
}
