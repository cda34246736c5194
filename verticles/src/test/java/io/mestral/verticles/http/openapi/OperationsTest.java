package io.mestral.verticles.http.openapi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private final Vertx vertx = Vertx.vertx();
  private final ApiContract contract = ApiContract.load();
  private final Set<String> ids =
      contract.operations().stream()
          .map(Operation::id)
          .collect(Collectors.toCollection(TreeSet::new));

  @AfterEach
  void close() {
    vertx.close();
  }

  @Test
  void anOperationThatNobodyAnswersIsNamed() {
    ids.remove("showDevice");
    Operations operations = answering();

    assertThatThrownBy(() -> operations.mount(contract, Router.router(vertx)))
        .hasMessageContaining("[showDevice]");
  }

  @Test
  void anAnswerToNoOperationIsNamed() {
    ids.add("brewCoffee");
    Operations operations = answering();

    assertThatThrownBy(() -> operations.mount(contract, Router.router(vertx)))
        .hasMessageContaining("[brewCoffee]");
  }

  @Test
  void twoAnswersToOneOperationAreRefused() {
    Operations operations = answering();

    assertThatThrownBy(() -> operations.on("showDevice", context -> context.next()))
        .hasMessageContaining("showDevice");
  }

  private Operations answering() {
    Operations operations = new Operations();
    for (String id : ids) operations.on(id, context -> context.next());
    return operations;
  }
}
