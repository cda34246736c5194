import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;

/**
 * A PostgreSQL that ends with this program, with an empty database; prints where a node finds it.
 */
final class PostgresUp {
  public static void main(String[] args) throws Exception {
    EmbeddedPostgres server = EmbeddedPostgres.builder().start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE mestral");
    }
    System.out.println("postgresql://postgres@127.0.0.1:" + server.getPort() + "/mestral");
    Thread.currentThread().join();
  }
}
