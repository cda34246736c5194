package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.HttpOptions.SignUp;
import io.mestral.storage.Mail;
import io.mestral.storage.MailQueue.Waiting;
import io.mestral.verticles.http.TestNode.Call;
import io.mestral.verticles.http.TestNode.Person;
import io.mestral.verticles.mail.LetterText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A node whose metadata is on disk, with people on it. */
abstract class PeopleTest {
  @TempDir Path folder;
  TestNode node;
  Person ada;
  Person bob;
  Person admin;

  SignUp signUp() {
    return SignUp.OPEN;
  }

  @BeforeEach
  void startNode() {
    node = TestNode.onDisk(folder, signUp());
    ada = node.person("ada", 0);
    bob = node.person("bob", 0);
    admin = node.person("root", 5);
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  Call get(String uri) {
    return node.get(uri);
  }

  Call post(String uri) {
    return node.call(HttpMethod.POST, uri);
  }

  Call patch(String uri) {
    return node.call(HttpMethod.PATCH, uri);
  }

  Call delete(String uri) {
    return node.call(HttpMethod.DELETE, uri);
  }

  int device(Person owner, String name) {
    return device(owner, new JsonObject().put("name", name));
  }

  int device(Person owner, JsonObject wanted) {
    HttpResponse<Buffer> answer = post("/v0/devices").as(owner).send(wanted);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(201);
    return answer.bodyAsJsonObject().getInteger("id");
  }

  List<Mail> mails() {
    return TestNode.await(node.store.mails().due(node.clock.instant(), 100)).stream()
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
