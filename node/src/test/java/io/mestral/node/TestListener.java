package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.syntax.Syntax;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Hears over MQTT what a node tells whose token a probe has. */
final class TestListener implements AutoCloseable {
  private final Mqtt5BlockingClient mqtt;
  private final Mqtt5BlockingClient.Mqtt5Publishes heard;

  TestListener(HttpProbe http, int port) {
    mqtt =
        Mqtt5Client.builder()
            .identifier("listener-" + UUID.randomUUID())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .simpleAuth()
            .username("bearer")
            .password(http.token().getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    mqtt.connect();
    heard = mqtt.publishes(MqttGlobalPublishFilter.ALL);
  }

  void listen(String filter) {
    mqtt.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
  }

  /** What is told next. */
  Message told() throws InterruptedException {
    Optional<Message> told = toldWithin(Duration.ofSeconds(20));
    assertThat(told).as("a Notification within 20 s").isPresent();
    return told.get();
  }

  /** The same, if something is. */
  Optional<Message> toldWithin(Duration time) throws InterruptedException {
    return heard
        .receive(time.toMillis(), TimeUnit.MILLISECONDS)
        .map(one -> new MessageReader().read(one.getPayloadAsBytes(), Syntax.TURTLE).message());
  }

  @Override
  public void close() {
    heard.close();
    if (mqtt.getState().isConnected()) mqtt.disconnect();
  }
}
