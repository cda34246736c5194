package io.mestral.node;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult.Mqtt5Qos1Result;
import io.mestral.model.platform.EdgeTopic;
import io.mestral.model.platform.EdgeTopic.Direction;
import io.mestral.model.reading.Samples;
import io.mestral.verticles.uplink.batch.BatchFormat;
import io.mestral.verticles.uplink.batch.DeviceNote;
import io.mestral.verticles.uplink.batch.ReadingBatch;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/** An edge that speaks of devices that aren't its own. */
final class EdgeForger {
  private static final UUID WARMTH = UUID.fromString("384e46a2-80dd-481e-a9fc-cfbd512f9f43");

  private EdgeForger() {}

  /** Brings a reading at 10:00 as one edge under a name; says the reason code. */
  static int bring(int port, String edge, String token, String as, String device) {
    Mqtt5BlockingClient client =
        Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(port).buildBlocking();
    client
        .connectWith()
        .simpleAuth()
        .username("edge:" + edge)
        .password(token.getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth()
        .send();
    DeviceNote note =
        new DeviceNote(
            UUID.fromString(device),
            1,
            "Mine",
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            false);
    Samples samples = new Samples(new long[] {1_770_112_800L}, new double[] {99}, 1);
    try {
      return ((Mqtt5Qos1Result)
              client
                  .publishWith()
                  .topic(new EdgeTopic(as, Direction.UP, EdgeTopic.READINGS).text())
                  .qos(MqttQos.AT_LEAST_ONCE)
                  .payload(
                      BatchFormat.write(new ReadingBatch(1, 1, note, Map.of(WARMTH, samples)))
                          .getBytes())
                  .send())
          .getPubAck()
          .getReasonCode()
          .getCode();
    } catch (Mqtt5PubAckException refused) {
      return refused.getMqttMessage().getReasonCode().getCode();
    } finally {
      client.disconnect();
    }
  }
}
