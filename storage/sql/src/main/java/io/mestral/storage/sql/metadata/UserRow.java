package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Row;
import java.util.Locale;

/** How a user is kept. */
final class UserRow {
  /** The columns of {@link #values}, in that order. */
  static final String COLUMNS =
      "uuid, username, username_folded, email, email_folded, role_mask, city, country_code, url,"
          + " legacy_api_key, created_at, updated_at";

  /** How many they are. */
  static final int COLUMN_COUNT = COLUMNS.split(",").length;

  /** What {@link #read} needs: said by name, for a newer version may add more. */
  static final String ALL =
      "id, uuid, username, email, role_mask, city, country_code, url, legacy_api_key, created_at,"
          + " updated_at";

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
        user.updatedAt());
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
        row.time("updated_at"));
  }

  /** Names are compared in this form: not every engine folds more than ASCII. */
  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
