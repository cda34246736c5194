package io.mestral.verticles.http.account;

import io.mestral.model.platform.MailTopic;
import io.mestral.model.platform.Preferences;
import io.mestral.model.platform.User;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code /v0/me/preferences}: how the caller wants to be written to. Beside {@code GET /v0/me},
 * whose shape is fixed.
 */
public final class PreferencesResource {
  private final UserRegistry users;
  private final Clock clock;

  /** Keeps preferences with the accounts. */
  public PreferencesResource(UserRegistry users, Clock clock) {
    this.users = users;
    this.clock = clock;
  }

  /** The caller's. */
  public Future<Answer> show(Exchange exchange) {
    return users
        .find(exchange.viewer().signedIn().id())
        .map(user -> user.orElseThrow(Problem::forbidden))
        .map(PreferencesResource::answer);
  }

  /** Changes what is given: {@code language}, {@code preferred_time_zone}, and topics by name. */
  public Future<Answer> update(Exchange exchange) {
    Params params = exchange.params();
    Instant now = clock.instant();
    return users
        .update(
            exchange.viewer().signedIn().id(),
            before -> {
              User named = new UserForm(named(params), exchange.viewer()).apply(before, now);
              return named.with(topics(named.preferences(), params));
            })
        .map(PreferencesResource::answer);
  }

  /** What the form of an account knows too. */
  private static Params named(Params params) {
    return params.only("language", "preferred_time_zone");
  }

  private static Preferences topics(Preferences before, Params params) {
    Preferences wanted = before;
    for (MailTopic topic : MailTopic.values()) {
      Optional<Boolean> flag = params.flag(topic.label());
      if (flag.isPresent()) wanted = wanted.with(topic, flag.get());
    }
    return wanted;
  }

  private static Answer answer(User user) {
    Preferences preferences = user.preferences();
    return Answer.ok(
        json ->
            json.object(
                () -> {
                  json.field("language", preferences.language().code())
                      .field("preferred_time_zone", preferences.timeZone());
                  for (MailTopic topic : MailTopic.values())
                    json.field(topic.label(), preferences.mails().contains(topic));
                }));
  }
}
