package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.DeviceRegistry;
import io.mestral.verticles.http.TestNode.Person;
import io.mestral.verticles.stores.Detours;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;

class UserListTest extends HttpTest {
  private final Detours detours = new Detours();

  @Override
  TestNode start() {
    return TestNode.start(detours);
  }

  @Test
  void usersAreListedByIdInPages() {
    HttpResponse<Buffer> answer = get("/v0/users?per_page=2&page=1").send();
    assertThat(names(answer.bodyAsJsonArray())).containsExactly("ada", "bob");
    assertThat(answer.getHeader("Total")).isEqualTo("3");
    assertThat(answer.getHeader("Link")).contains("rel=\"next\"");
  }

  @Test
  void everyUserIsShownAsByThemselves() {
    device(ada, "Roof");
    device(ada, new JsonObject().put("name", "Bedroom").put("is_private", true));
    device(bob, "Yard");
    Person grace = node.person("grace", 2);
    get("/v0/me").as(grace).object(); // has partner's credentials from now on
    for (Person viewer : new Person[] {ada, bob, grace, admin}) {
      JsonArray list = get("/v0/users").as(viewer).array();
      for (int i = 0; i < list.size(); i++) {
        JsonObject user = list.getJsonObject(i);
        if (user.getString("username").equals("root")) continue; // has none before it is shown
        assertThat(user).isEqualTo(get("/v0/users/" + user.getInteger("id")).as(viewer).object());
      }
    }
    JsonObject adas = get("/v0/users").array().getJsonObject(0);
    assertThat(adas.getString("email")).isEqualTo("[FILTERED]");
    assertThat(adas.getJsonArray("devices")).hasSize(1);
  }

  @Test
  void aListTakesAsManyQuestionsAsAUser() {
    for (int i = 0; i < 20; i++) device(node.person("kit" + i, 0), "Device " + i);
    long before = detours.count(DeviceRegistry.class);
    assertThat(get("/v0/users?per_page=100").array()).hasSize(23);
    long between = detours.count(DeviceRegistry.class);
    get("/v0/users/1").object();
    long forOne = detours.count(DeviceRegistry.class) - between;
    assertThat(between - before).isLessThanOrEqualTo(forOne + 3);
  }

  private static Iterable<String> names(JsonArray users) {
    return users.stream().map(user -> ((JsonObject) user).getString("username")).toList();
  }
}
