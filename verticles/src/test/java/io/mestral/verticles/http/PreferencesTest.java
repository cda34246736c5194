package io.mestral.verticles.http;

import static io.mestral.verticles.http.HttpTest.UNAUTHORIZED;
import static io.mestral.verticles.http.HttpTest.assertAnswer;
import static io.mestral.verticles.http.HttpTest.unprocessable;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.platform.MailTopic;
import io.mestral.model.platform.User;
import io.mestral.storage.Mail;
import io.mestral.verticles.mail.LetterKind;
import io.mestral.verticles.mail.Values;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.multipart.MultipartForm;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** How people are written to, and what they look like. */
class PreferencesTest extends PeopleTest {
  private static final String DEFAULTS =
      "{\"language\":\"en\",\"preferred_time_zone\":\"Etc/UTC\",\"archives\":true,\"errors\":true,"
          + "\"low_battery\":true,\"stopped_publishing\":true,\"weekly_digest\":false}";

  @Test
  void whoSaidNothingHasWhatMostExpect() {
    assertAnswer(get("/v0/me/preferences").as(ada).send(), 200, DEFAULTS);
    assertAnswer(get("/v0/me/preferences").send(), 401, UNAUTHORIZED);
  }

  @Test
  void languageTimeZoneAndTopicsAreChangedOneByOne() {
    patch("/v0/me/preferences").as(ada).send(new JsonObject().put("weekly_digest", true));
    patch("/v0/me").as(ada).send(new JsonObject().put("language", "ca"));
    JsonObject now =
        patch("/v0/me/preferences")
            .as(ada)
            .send(
                new JsonObject()
                    .put("preferred_time_zone", "Europe/Madrid")
                    .put("errors", "false")
                    .put("city", "Nowhere"))
            .bodyAsJsonObject();
    assertThat(now.getString("language")).isEqualTo("ca");
    assertThat(now.getString("preferred_time_zone")).isEqualTo("Europe/Madrid");
    assertThat(now.getBoolean("weekly_digest")).isTrue();
    assertThat(now.getBoolean("errors")).isFalse();
    assertThat(now.getBoolean("low_battery")).isTrue();
    assertThat(get("/v0/me").as(ada).object().getJsonObject("location").getString("city"))
        .isEqualTo("Barcelona");
    assertAnswer(get("/v0/me/preferences").as(bob).send(), 200, DEFAULTS);
  }

  @Test
  void whatNobodySpeaksIsRefused() {
    JsonObject wrong =
        new JsonObject().put("language", "de").put("preferred_time_zone", "Mars/Olympus");
    String refused =
        unprocessable(
            "{\"language\":[\"is not included in the list\"],"
                + "\"preferred_time_zone\":[\"is not included in the list\"]}");
    assertAnswer(patch("/v0/me").as(ada).send(wrong), 422, refused);
    assertAnswer(patch("/v0/me/preferences").as(ada).send(wrong), 422, refused);
  }

  @Test
  void whoSignsUpIsWelcomedInTheirBrowsersLanguage() {
    JsonObject account =
        new JsonObject()
            .put("username", "grace")
            .put("email", "grace@example.org")
            .put("password", "hopper");
    post("/v0/users").with("Accept-Language", "de, es-AR;q=0.8, en;q=0.5").send(account);
    Mail mail = mails().get(0);
    assertThat(mail.subject()).isEqualTo("Te damos la bienvenida a SmartCitizen");
    assertThat(mail.recipient()).isEqualTo("grace <grace@example.org>");
    account.put("username", "joan").put("email", "joan@example.org").put("language", "en");
    post("/v0/users").with("Accept-Language", "es").send(account);
    assertThat(mails().get(1).subject()).isEqualTo("Welcome to SmartCitizen");
  }

  @Test
  void aLinkInAMailEndsMailsOfThatKindWhenItsFormIsSent() {
    String path = unsubscribeLink();
    HttpResponse<Buffer> form = get(path).send();
    assertThat(form.statusCode()).isEqualTo(200);
    assertThat(form.bodyAsString()).contains("<form method=\"post\">").contains("low batteries");
    assertThat(wants(MailTopic.LOW_BATTERY)).as("looking changes nothing").isTrue();
    HttpResponse<Buffer> done =
        post(path).send("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(wants(MailTopic.LOW_BATTERY)).isFalse();
    assertThat(wants(MailTopic.STOPPED_PUBLISHING)).isTrue();
  }

  @Test
  void aLinkThatNobodySentEndsNothing() {
    String path = unsubscribeLink().replace("low_battery", "errors");
    assertThat(get(path).send().statusCode()).isEqualTo(404);
    assertThat(post(path).send().statusCode()).isEqualTo(404);
    assertThat(wants(MailTopic.ERRORS)).isTrue();
  }

  @Test
  void aPictureIsSentShownReplacedAndTakenAway() throws IOException {
    int roof = device(ada, "Roof");
    assertThat(get("/v0/me").as(ada).object().getString("profile_picture")).isEmpty();
    String first = send(picture()).bodyAsJsonObject().getString("profile_picture");
    assertThat(first).startsWith("http://example.org/v0/profile_pictures/");
    HttpResponse<Buffer> shown = get(first.substring("http://example.org".length())).send();
    assertThat(shown.getHeader("Content-Type")).isEqualTo("image/jpeg");
    assertThat(shown.getHeader("Cache-Control")).contains("immutable");
    assertThat(ImageIO.read(new ByteArrayInputStream(shown.body().getBytes())).getWidth())
        .isEqualTo(40);
    assertThat(get("/v0/users/ada").object().getString("profile_picture")).isEqualTo(first);
    assertThat(
            get("/v0/devices/" + roof).object().getJsonObject("owner").getString("profile_picture"))
        .isEqualTo(first);
    JsonObject replaced = send(picture()).bodyAsJsonObject();
    assertThat(replaced.getString("profile_picture")).isNotEqualTo(first);
    assertThat(replaced.getJsonObject("location").getString("city")).isEqualTo("Girona");
    assertThat(get(first.substring("http://example.org".length())).send().statusCode())
        .isEqualTo(404);
    JsonObject gone =
        patch("/v0/me")
            .as(ada)
            .send(new JsonObject().putNull("profile_picture"))
            .bodyAsJsonObject();
    assertThat(gone.getString("profile_picture")).isEmpty();
  }

  @Test
  void whatIsNoPictureIsRefusedAndChangesNothing() {
    HttpResponse<Buffer> refused = send(Buffer.buffer("<svg onload='alert(1)'/>"));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.bodyAsString()).contains("profile_picture").contains("JPEG, PNG or GIF");
    assertThat(get("/v0/me").as(ada).object().getJsonObject("location").getString("city"))
        .isEqualTo("Barcelona");
    assertThat(send(Buffer.buffer(new byte[5 << 20])).statusCode()).isEqualTo(413);
  }

  private HttpResponse<Buffer> send(Buffer picture) {
    MultipartForm form =
        MultipartForm.create()
            .attribute("city", "Girona")
            .binaryFileUpload("profile_picture", "me.png", picture, "image/png");
    Future<HttpResponse<Buffer>> sent =
        WebClient.create(node.vertx())
            .patchAbs(node.url() + "/v0/me")
            .putHeader("Authorization", "Bearer " + ada.token())
            .sendMultipartForm(form);
    return TestNode.await(sent);
  }

  private static Buffer picture() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return Buffer.buffer(bytes.toByteArray());
  }

  private String unsubscribeLink() {
    Values values =
        Values.NONE
            .with("device", "Roof")
            .with("percent", "7")
            .withLink("page", "http://example.org/x");
    return link(
        node.letters.write(LetterKind.LOW_BATTERY, "event", ada.user(), values), "/unsubscribe/");
  }

  private boolean wants(MailTopic topic) {
    User now = TestNode.await(node.metadata.users().find(ada.user().id())).orElseThrow();
    return now.preferences().mails().contains(topic);
  }
}
