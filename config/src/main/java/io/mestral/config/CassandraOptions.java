package io.mestral.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A Cassandra cluster that keeps a node's readings, as {@code storage.readings} names it.
 *
 * @param contactPoints servers that are asked first; they name the others
 * @param keyspace made if it is not there
 * @param dataCentre the one whose servers are talked to
 * @param consistency how many replicas must have what is written and what is read
 * @param replication replicas in a keyspace that is made; empty: three, or one in a data centre
 *     with fewer servers
 */
public record CassandraOptions(
    List<Server> contactPoints,
    String keyspace,
    String dataCentre,
    Optional<Login> login,
    Consistency consistency,
    OptionalInt replication) {

  /**
   * One server of the cluster.
   *
   * @param host a name or an address; an IPv6 address without brackets
   */
  public record Server(String host, int port) {
    /** Refuses a port out of range. */
    public Server {
      if (port < 1 || port > 65_535) throw new IllegalArgumentException("port " + port);
    }

    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /** Who the node is to the cluster. */
  public record Login(String user, Hidden password) {}

  /** Replicas that must answer. */
  public enum Consistency {
    /** Most replicas of the data centre. */
    LOCAL_QUORUM,
    /** Most replicas of all data centres. */
    QUORUM,
    /** Any one of the data centre: what it alone has is lost with it. */
    LOCAL_ONE
  }

  /** Refuses values out of range. */
  public CassandraOptions {
    if (contactPoints.isEmpty()) throw new IllegalArgumentException("no contact point");
    if (replication.isPresent() && (replication.getAsInt() < 1 || replication.getAsInt() > 9))
      throw new IllegalArgumentException("replication " + replication.getAsInt());
  }

  /**
   * What a text names, as {@code storage.readings} takes it.
   *
   * @throws IllegalArgumentException when it names none; the message says what is allowed
   */
  public static CassandraOptions of(String url) {
    try {
      return CassandraUrl.parse(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is none of: " + CassandraUrl.ALLOWED, e);
    }
  }

  /** Where the cluster is, for messages. */
  public String address() {
    return contactPoints.stream().map(Server::toString).collect(Collectors.joining(", "));
  }
}
