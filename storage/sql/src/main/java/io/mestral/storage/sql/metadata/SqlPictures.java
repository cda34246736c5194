package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.mestral.storage.Picture;
import io.mestral.storage.Pictures;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

final class SqlPictures implements Pictures {
  private static final String PUT =
      """
      INSERT INTO profile_pictures (user_id, name, type, bytes) VALUES ($1, $2, $3, $4)
      ON CONFLICT (user_id) DO UPDATE
        SET name = excluded.name, type = excluded.type, bytes = excluded.bytes
      """;
  private static final String REMOVE = "DELETE FROM profile_pictures WHERE user_id = $1";
  private static final String NAME =
      "UPDATE users SET picture = $1, updated_at = $2"
          + " WHERE id = $3 AND workflow_state = 'active' RETURNING "
          + UserRow.ALL;
  private static final String FIND =
      """
      SELECT name, type, bytes FROM profile_pictures
      JOIN users ON users.id = user_id AND workflow_state = 'active'
      WHERE name = $1
      """;

  private final Engine engine;

  SqlPictures(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<User> put(UserId user, Picture picture, Instant now) {
    long id = user.value();
    return engine.write(
        id,
        session ->
            name(session, id, Optional.of(picture.name()), now)
                .compose(
                    named ->
                        session
                            .change(PUT, id, picture.name(), picture.type(), picture.bytes())
                            .map(named)));
  }

  @Override
  public Future<User> remove(UserId user, Instant now) {
    long id = user.value();
    return engine.write(
        id,
        session ->
            name(session, id, Optional.empty(), now)
                .compose(named -> session.change(REMOVE, id).map(named)));
  }

  private static Future<User> name(Session session, long user, Optional<String> name, Instant now) {
    return session
        .first(NAME, UserRow::read, name, now, user)
        .map(found -> found.orElseThrow(Missing.user(user)));
  }

  @Override
  public Future<Optional<Picture>> find(String name) {
    return engine.read(
        session ->
            session.first(
                FIND,
                row -> new Picture(row.text("name"), row.text("type"), row.bytes("bytes")),
                name));
  }
}
