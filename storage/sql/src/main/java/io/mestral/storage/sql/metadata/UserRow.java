package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.model.platform.Language;
import io.mestral.model.platform.MailTopic;
import io.mestral.model.platform.Preferences;
import io.mestral.model.platform.User;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Row;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How a user is kept. */
final class UserRow {
  /** The columns of {@link #values}, in that order. */
  static final String COLUMNS =
      "uuid, username, username_folded, email, email_folded, role_mask, city, country_code, url,"
          + " legacy_api_key, created_at, updated_at, picture, language, time_zone, mails";

  /** How many they are. */
  static final int COLUMN_COUNT = COLUMNS.split(",").length;

  /** What {@link #read} needs: said by name, for a newer version may add more. */
  static final String ALL =
      "id, uuid, username, email, role_mask, city, country_code, url, legacy_api_key, created_at,"
          + " updated_at, picture, language, time_zone, mails";

  private UserRow() {}

  static Object[] values(User user, Object... more) {
    return Arguments.of(
        more,
        user.uuid(),
        user.username(),
        folded(user.username()),
        user.email(),
        folded(user.email()),
        user.roleMask(),
        user.city(),
        user.countryCode(),
        user.url(),
        user.legacyApiKey(),
        user.createdAt(),
        user.updatedAt(),
        user.picture(),
        user.preferences().language().code(),
        user.preferences().timeZone(),
        text(user.preferences().mails()));
  }

  static User read(Row row) {
    return new User(
        new UserId(row.number("id")),
        row.uuid("uuid"),
        row.text("username"),
        row.text("email"),
        (int) row.number("role_mask"),
        row.optionalText("city"),
        row.optionalText("country_code"),
        row.optionalText("url"),
        row.text("legacy_api_key"),
        row.time("created_at"),
        row.time("updated_at"),
        row.optionalText("picture"),
        new Preferences(
            Language.of(row.text("language")).orElse(Language.EN),
            row.text("time_zone"),
            topics(row.text("mails"))));
  }

  private static String text(Set<MailTopic> topics) {
    return topics.stream().map(MailTopic::label).sorted().collect(Collectors.joining(","));
  }

  /** What this version doesn't know is left out. */
  private static Set<MailTopic> topics(String text) {
    return Arrays.stream(text.split(","))
        .flatMap(label -> MailTopic.of(label).stream())
        .collect(Collectors.toSet());
  }

  /** Names are compared in this form: not every engine folds more than ASCII. */
  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
