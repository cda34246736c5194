package io.mestral.verticles.http.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.Optional;

/** What devices and partners say and hear over MQTT, as an AsyncAPI 3.0 document. */
public final class MqttContract {
  private MqttContract() {}

  /**
   * The document as clients get it.
   *
   * @param publicUrl whose host the broker has, too
   */
  public static Buffer document(Optional<String> publicUrl) {
    ObjectNode document = ContractFile.read("asyncapi.yaml");
    ObjectNode host = (ObjectNode) document.at("/servers/node/variables/host");
    publicUrl.map(URI::create).map(URI::getHost).ifPresent(name -> host.put("default", name));
    return Buffer.buffer(document.toString());
  }
}
