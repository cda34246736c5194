package io.mestral.storage.embedded.metadata;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.mestral.storage.embedded.metadata.sqlite.Row;
import java.sql.SQLException;
import java.util.Locale;

/** How a user is kept. */
final class UserRow {
  /** The columns of {@link #values}, in that order. */
  static final String COLUMNS =
      "uuid, username, username_folded, email, email_folded, role_mask, city, country_code, url,"
          + " legacy_api_key, created_at, updated_at";

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

  static User read(Row row) throws SQLException {
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

  /** Names are compared in this form; SQLite itself folds ASCII only. */
  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
