package io.mestral.verticles.http.ops;

import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The clients of the broker, as operators see them. Nothing in it is a secret. */
public interface MqttClients {
  /** Those that fit, in an order; part of them. */
  Future<Page<Client>> list(Filter filter, Order order, Paging paging);

  /** Everything about one client, connected or known from before; empty when there is no such. */
  Future<Optional<Detail>> find(String id);

  /**
   * Ends a client's connection, and its session with all that waits in it if that is wanted; empty
   * when there is neither.
   */
  Future<Optional<Departure>> end(String id, boolean withSession);

  /**
   * What was done about a client.
   *
   * @param disconnected whether it had a connection, which is ended
   * @param sessionEnded whether no session of it is left
   * @param discarded messages that waited in it
   */
  record Departure(boolean disconnected, boolean sessionEnded, int discarded) {}

  /** In which order, and who is left out. */
  enum Order {
    /** All, by client identifier. */
    CLIENT_ID,
    /** Those for which something waits, most bytes first. */
    QUEUED,
    /** Those whose network took nothing for a while of late, or for which something waits. */
    SLOWEST
  }

  /**
   * Who is meant.
   *
   * @param clientId how the client identifier begins; empty fits all
   * @param principal the name of the one it speaks for
   */
  record Filter(String clientId, Optional<String> principal) {}

  /**
   * One client.
   *
   * @param id for use in URLs
   * @param clientId as it may be shown
   * @param connection empty when it isn't connected
   */
  record Client(
      String id,
      String clientId,
      String principal,
      Optional<Connection> connection,
      Counts counts) {}

  /** How it is connected. */
  record Connection(
      String protocol,
      String transport,
      String address,
      boolean cleanStart,
      int keepAlive,
      Instant since,
      Instant lastPacket) {}

  /**
   * What is under way and what was counted since it connected; messages that were left out while it
   * was away count as long as the session and the node last.
   *
   * @param blocked how long its network took nothing, of the last minute
   */
  record Counts(
      int inflight,
      int incoming,
      int queued,
      long queuedBytes,
      long received,
      long sent,
      long bytesReceived,
      long bytesSent,
      long refused,
      long dropped,
      Duration blocked) {
    /** Of a client that isn't connected and of whose session that much is known. */
    public static Counts waiting(
        int inflight, int incoming, int queued, long queuedBytes, long dropped) {
      return new Counts(
          inflight, incoming, queued, queuedBytes, 0, 0, 0, 0, 0, dropped, Duration.ZERO);
    }
  }

  /**
   * More about one client.
   *
   * @param receivedByQos messages from it; index is the quality of service
   * @param sentByQos messages to it
   * @param events oldest first
   */
  record Detail(
      Client client,
      List<Long> receivedByQos,
      List<Long> sentByQos,
      Map<String, Long> refused,
      Map<String, Long> dropped,
      List<String> subscriptions,
      List<Event> events) {}

  /**
   * Something that happened to it.
   *
   * @param kind one of few words
   */
  record Event(Instant at, String kind, String text) {}
}
