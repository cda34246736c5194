package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.HttpOptions.SignUp;
import io.mestral.storage.Mail;
import io.mestral.storage.MailQueue.Waiting;
import io.mestral.verticles.mail.LetterText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is mailed to people. */
abstract class PeopleTest extends HttpTest {
  SignUp signUp() {
    return SignUp.OPEN;
  }

  @Override
  final TestNode start() {
    return TestNode.start(0, signUp());
  }

  List<Mail> mails() {
    return TestNode.await(node.metadata.mails().due(node.clock.instant(), 100)).stream()
        .map(Waiting::mail)
        .toList();
  }

  String text(Mail mail) {
    return LetterText.of(mail, node.vault);
  }

  /** The path of the only link in a mail that begins so. */
  String link(Mail mail, String path) {
    Matcher link = Pattern.compile("http://example.org(" + path + "\\S+)").matcher(text(mail));
    assertThat(link.find()).as(text(mail)).isTrue();
    return link.group(1);
  }

  HttpResponse<Buffer> signIn(String name, String password) {
    return post("/v0/sessions")
        .send(new JsonObject().put("username", name).put("password", password));
  }
}
