package io.mestral.storage.postgresql;

import io.mestral.model.platform.SealedToken;
import io.mestral.storage.postgresql.client.Server;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * By what nodes know their database: an id, sealed with their key. It is not among the steps of the
 * schema, as it belongs to the database and not to the metadata, which may be brought elsewhere.
 */
public final class DatabaseSeal {
  /** How far the numbers jump when some may have been given out before. */
  public static final long NUMBER_GAP = 1_000_000;

  private static final int SAMPLE = 20;
  private static final String EXISTS = "SELECT to_regclass('database_seal') IS NOT NULL AS yes";
  private static final String FIND = "SELECT hash, cipher FROM database_seal";
  private static final String FILLED = "SELECT EXISTS (SELECT 1 FROM users) AS yes";
  private static final String TOKENS =
      "SELECT hash, cipher FROM user_tokens ORDER BY created_at DESC LIMIT $1";

  /** Nodes that start at the same time do this one after the other. */
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('mestral: database_seal', 0))";

  private static final String MAKE =
      """
      CREATE TABLE IF NOT EXISTS database_seal (
        one     BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (one),
        hash    TEXT        NOT NULL,
        cipher  BYTEA       NOT NULL,
        made_at TIMESTAMPTZ NOT NULL DEFAULT now()
      )
      """;
  private static final String KEEP =
      "INSERT INTO database_seal (hash, cipher) VALUES ($1, $2) ON CONFLICT DO NOTHING";
  private static final String LAST_DEVICE =
      "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('devices', 'id')), 0) AS n";
  private static final String SKIP =
      """
      SELECT setval(pg_get_serial_sequence('devices', 'id'), $1),
             setval(pg_get_serial_sequence('users', 'id'), $2
               + coalesce(pg_sequence_last_value(pg_get_serial_sequence('users', 'id')), 0))
      """;

  private final Server server;

  DatabaseSeal(Server server) {
    this.server = server;
  }

  /**
   * What a database shows to whoever wants to know whether it is theirs.
   *
   * @param seal empty when no node has sealed it yet
   * @param filled whether there are accounts
   * @param tokens the last few that were sealed for users
   */
  public record State(Optional<SealedToken> seal, boolean filled, List<SealedToken> tokens) {
    /** Copies the list. */
    public State {
      tokens = List.copyOf(tokens);
    }
  }

  /** Looks without changing anything. */
  public Future<State> look() {
    return server.read(
        session ->
            find(session)
                .compose(
                    seal ->
                        session
                            .first(FILLED, row -> row.flag("yes"))
                            .compose(
                                filled ->
                                    session
                                        .list(TOKENS, DatabaseSeal::token, (long) SAMPLE)
                                        .map(
                                            tokens ->
                                                new State(seal, filled.orElseThrow(), tokens)))));
  }

  private static Future<Optional<SealedToken>> find(Session session) {
    return session
        .first(EXISTS, row -> row.flag("yes"))
        .compose(
            there ->
                there.orElseThrow()
                    ? session.first(FIND, DatabaseSeal::token)
                    : Future.succeededFuture(Optional.empty()));
  }

  /** Succeeds with the seal that the database has then: this one, or that of who was quicker. */
  public Future<SealedToken> keep(SealedToken seal) {
    return server.write(
        0,
        session ->
            session
                .list(LOCK, row -> true)
                .compose(locked -> session.change(MAKE))
                .compose(made -> session.change(KEEP, seal.hash(), seal.cipher()))
                .compose(kept -> session.first(FIND, DatabaseSeal::token))
                .map(Optional::orElseThrow));
  }

  /**
   * Lets no new device have a number up to this one, if some could: the database is older than
   * others know it. Users' numbers jump, too.
   *
   * @return whether they jumped
   */
  public Future<Boolean> skipNumbers(long upTo) {
    return server.write(
        0,
        session ->
            session
                .list(LOCK, row -> true)
                .compose(locked -> session.first(LAST_DEVICE, row -> row.number("n")))
                .compose(
                    last ->
                        last.orElseThrow() >= upTo
                            ? Future.succeededFuture(false)
                            : session
                                .list(SKIP, row -> true, upTo + NUMBER_GAP, NUMBER_GAP)
                                .map(true)));
  }

  private static SealedToken token(Row row) {
    return new SealedToken(row.text("hash"), row.bytes("cipher"));
  }
}
