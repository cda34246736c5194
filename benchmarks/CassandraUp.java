import io.mestral.storage.cassandra.CassandraServer;

/** A Cassandra that ends with this program; prints where a node finds it. */
final class CassandraUp {
  public static void main(String[] args) throws InterruptedException {
    System.out.println(CassandraServer.startNew("figures").url("mestral"));
    Thread.currentThread().join();
  }
}
