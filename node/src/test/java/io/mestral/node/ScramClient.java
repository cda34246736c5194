package io.mestral.node;

import com.hivemq.client.mqtt.datatypes.MqttUtf8String;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientConfig;
import com.hivemq.client.mqtt.mqtt5.auth.Mqtt5EnhancedAuthMechanism;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5Auth;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5AuthBuilder;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5EnhancedAuthBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5Disconnect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SCRAM-SHA-256, written from the standard alone. */
final class ScramClient implements Mqtt5EnhancedAuthMechanism {
  private final String bare;
  private final String password;
  private volatile int iterations;
  private volatile byte[] salt = {};
  private volatile String expected = "";
  private volatile boolean proven;

  ScramClient(String name, String password) {
    this.bare = "n=" + name + ",r=" + UUID.randomUUID();
    this.password = password;
  }

  int iterations() {
    return iterations;
  }

  byte[] salt() {
    return salt;
  }

  boolean serverIsProven() {
    return proven;
  }

  @Override
  public MqttUtf8String getMethod() {
    return MqttUtf8String.of("SCRAM-SHA-256");
  }

  @Override
  public int getTimeout() {
    return 10;
  }

  @Override
  public CompletableFuture<Void> onAuth(
      Mqtt5ClientConfig config, Mqtt5Connect connect, Mqtt5EnhancedAuthBuilder answer) {
    answer.data(("n,," + bare).getBytes(StandardCharsets.UTF_8));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Boolean> onContinue(
      Mqtt5ClientConfig config, Mqtt5Auth auth, Mqtt5AuthBuilder answer) {
    answer.data(prove(text(auth.getData().orElseThrow())).getBytes(StandardCharsets.UTF_8));
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public CompletableFuture<Boolean> onAuthSuccess(Mqtt5ClientConfig config, Mqtt5ConnAck connAck) {
    ByteBuffer data = connAck.getEnhancedAuth().orElseThrow().getData().orElseThrow();
    proven = text(data).equals(expected);
    return CompletableFuture.completedFuture(proven);
  }

  private String prove(String challenge) {
    String[] parts = challenge.split(",");
    salt = Base64.getDecoder().decode(parts[1].substring(2));
    iterations = Integer.parseInt(parts[2].substring(2));
    String last = "c=biws," + parts[0];
    String heard = bare + "," + challenge + "," + last;
    try {
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
              .getEncoded();
      byte[] proof = hmac(salted, "Client Key");
      byte[] signature = hmac(MessageDigest.getInstance("SHA-256").digest(proof), heard);
      for (int i = 0; i < proof.length; i++) proof[i] ^= signature[i];
      expected = "v=" + base64(hmac(hmac(salted, "Server Key"), heard));
      return last + ",p=" + base64(proof);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String text(ByteBuffer buffer) {
    return StandardCharsets.UTF_8.decode(buffer).toString();
  }

  @Override
  public CompletableFuture<Void> onReAuth(Mqtt5ClientConfig config, Mqtt5AuthBuilder answer) {
    return CompletableFuture.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public CompletableFuture<Boolean> onReAuthSuccess(Mqtt5ClientConfig config, Mqtt5Auth auth) {
    return CompletableFuture.completedFuture(false);
  }

  @Override
  public void onAuthRejected(Mqtt5ClientConfig config, Mqtt5ConnAck connAck) {
    proven = false;
  }

  @Override
  public void onReAuthRejected(Mqtt5ClientConfig config, Mqtt5Disconnect disconnect) {
    proven = false;
  }

  @Override
  public void onAuthError(Mqtt5ClientConfig config, Throwable cause) {
    proven = false;
  }

  @Override
  public void onReAuthError(Mqtt5ClientConfig config, Throwable cause) {
    proven = false;
  }
}
