package io.mestral.verticles.mail;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What a mail says, in two forms, and how it goes.
 *
 * @param unsubscribe where the reader may go to have no more of these
 */
record Letter(Sender sender, String text, String html, Optional<String> unsubscribe) {
  String encoded() {
    JsonObject json =
        new JsonObject().put("sender", sender.name()).put("text", text).put("html", html);
    unsubscribe.ifPresent(url -> json.put("unsubscribe", url));
    return json.encode();
  }

  static Letter decoded(String encoded) {
    JsonObject json = new JsonObject(encoded);
    return new Letter(
        Sender.valueOf(json.getString("sender")),
        json.getString("text"),
        json.getString("html"),
        Optional.ofNullable(json.getString("unsubscribe")));
  }
}
