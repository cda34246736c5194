package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody signs up, forgets the password, is told of the kit, and leaves; with a mail server. */
class PeopleJourneyTest {
  private static final String SIGN_UP =
      "{\"username\":\"ada\",\"email\":\"ada@example.org\",\"password\":\"first one\"}";

  @TempDir Path folder;
  private GreenMail smtp;
  private NodeProcess node;
  private HttpProbe anybody;

  @BeforeEach
  void start() throws Exception {
    smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.start();
    Path data = folder.resolve("data");
    node =
        NodeProcess.start(
            data,
            "mail.smtp=smtp://127.0.0.1:" + smtp.getSmtp().getPort() + "?starttls=never",
            "mail.from=notifications@example.org",
            "mail.reply-to=support@example.org",
            "limits.http-per-minute=0");
    anybody = node.http(data).as("");
  }

  @AfterEach
  void stop() {
    node.close();
    smtp.stop();
  }

  @Test
  void fromWelcomeToFarewell() throws Exception {
    anybody.with("Accept-Language", "ca-ES,ca;q=0.9").send("POST", "/v0/users", SIGN_UP);
    MimeMessage welcome = mail("Et donem la benvinguda a SmartCitizen");
    assertThat(welcome.getFrom()[0].toString())
        .isEqualTo("SmartCitizen Notifications - Welcome <notifications@example.org>");
    assertThat(welcome.getReplyTo()[0].toString()).isEqualTo("support@example.org");
    assertThat(welcome.getHeader("List-Unsubscribe")).isNull();
    assertThat(part(welcome, "text/html"))
        .contains("El teu nom d'usuari és ada".replace("'", "&#39;"));

    anybody.send("POST", "/v0/password_resets", "{\"email\":\"ada@example.org\"}");
    MimeMessage reset = mail("Instruccions per canviar la contrasenya");
    Matcher link =
        Pattern.compile("http\\S+/password_reset/(\\S+)").matcher(part(reset, "text/plain"));
    assertThat(link.find()).isTrue();
    assertThat(
            anybody
                .send("PATCH", "/v0/password_resets/" + link.group(1), "{\"password\":\"another\"}")
                .statusCode())
        .isEqualTo(200);
    HttpProbe ada = anybody.as(token("another"));

    JsonNode roof = ada.post("/v0/devices", "{\"name\":\"Roof\",\"device_token\":\"roof01\"}");
    publish("device/sck/roof01/readings/raw", "{nonsense");
    MimeMessage errors = mail("El teu dispositiu té errors");
    assertThat(errors.getHeader("List-Unsubscribe-Post")[0])
        .isEqualTo("List-Unsubscribe=One-Click");
    String unsubscribe = errors.getHeader("List-Unsubscribe")[0].replaceAll("[<>\\s]", "");
    assertThat(anybody.send("POST", URI.create(unsubscribe).getPath(), "").statusCode())
        .isEqualTo(200);
    assertThat(ada.get("/v0/me/preferences").get("errors").asBoolean()).isFalse();

    leave(ada, roof.get("id").asInt());
  }

  /** Whoever is connected with what speaks for Ada, or for her device, is cut off. */
  private void leave(HttpProbe ada, int device) throws Exception {
    CountDownLatch cut = new CountDownLatch(2);
    Mqtt5BlockingClient person = client("phone", cut);
    person
        .connectWith()
        .simpleAuth()
        .username("ada")
        .password("another".getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth()
        .send();
    Mqtt5BlockingClient kit = client("kit", cut);
    kit.connectWith().simpleAuth().username("roof01").applySimpleAuth().send();
    Instant before = Instant.now();
    assertThat(ada.send("DELETE", "/v0/me", "").statusCode()).isEqualTo(200);
    assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(Instant.now()).isBefore(before.plusSeconds(2)); // a second, and a slow machine
    assertThat(ada.send("GET", "/v0/me", "").statusCode()).isEqualTo(401);
    assertThat(anybody.send("GET", "/v0/devices/" + device, "").statusCode()).isEqualTo(404);
    Mqtt5BlockingClient again = client("phone2", new CountDownLatch(1));
    assertThatThrownBy(
            () ->
                again
                    .connectWith()
                    .simpleAuth()
                    .username("ada")
                    .password("another".getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .send())
        .hasMessageContaining("BAD_USER_NAME_OR_PASSWORD");
  }

  private String token(String password) {
    return anybody
        .post("/v0/sessions", "{\"username\":\"ada\",\"password\":\"" + password + "\"}")
        .get("access_token")
        .asText();
  }

  private Mqtt5BlockingClient client(String id, CountDownLatch cut) {
    return Mqtt5Client.builder()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(node.mqttPort())
        .addDisconnectedListener(gone -> cut.countDown())
        .buildBlocking();
  }

  private void publish(String topic, String payload) {
    Mqtt5BlockingClient kit = client("any", new CountDownLatch(1));
    kit.connect();
    kit.publishWith()
        .topic(topic)
        .qos(com.hivemq.client.mqtt.datatypes.MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(StandardCharsets.UTF_8))
        .send();
    kit.disconnect();
  }

  private MimeMessage mail(String subject) throws Exception {
    waitFor(() -> found(subject).size() > 0);
    assertThat(found(subject)).hasSize(1);
    return found(subject).get(0);
  }

  private List<MimeMessage> found(String subject) {
    return Arrays.stream(smtp.getReceivedMessages())
        .filter(
            message -> {
              try {
                return message.getSubject().equals(subject);
              } catch (jakarta.mail.MessagingException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  private static String part(MimeMessage mail, String type) throws Exception {
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    for (int i = 0; i < parts.getCount(); i++) {
      BodyPart part = parts.getBodyPart(i);
      if (part.isMimeType(type)) return (String) part.getContent();
    }
    throw new AssertionError("no " + type + " in " + parts.getCount() + " parts");
  }

  private static void waitFor(BooleanSupplier condition) {
    long limit = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.onSpinWait();
    }
  }
}
