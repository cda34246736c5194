package io.mestral.node;

import io.mestral.broker.websocket.WebSocketDoor;
import io.mestral.verticles.http.Upgrade;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** The door between two rooms that don't know each other: HTTP's and the broker's. */
record MqttUpgrade(WebSocketDoor door) implements Upgrade {
  @Override
  public Future<Void> take(HttpServerRequest request, String address) {
    return door.take(request, address);
  }

  @Override
  public void seeOut() {
    door.seeOut();
  }
}
