package io.mestral.node;

import io.mestral.verticles.http.service.Readiness;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** What keeps the node from serving: a store that doesn't answer or take writes. */
record Health(Stores stores) implements Readiness {
  @Override
  public Future<List<String>> problems() {
    Future<Void> metadata = stores.metadata().check();
    Future<Void> readings = stores.readings().check();
    return Future.join(metadata, readings)
        .transform(
            checked -> {
              List<String> problems = new ArrayList<>();
              if (metadata.failed()) problems.add("metadata: " + metadata.cause().getMessage());
              if (readings.failed()) problems.add("readings: " + readings.cause().getMessage());
              return Future.succeededFuture(problems);
            });
  }
}
