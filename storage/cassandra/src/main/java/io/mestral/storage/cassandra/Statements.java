package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts statements together, because a request costs many times what a row in it does: those of one
 * partition, and of single ones some whose partitions the same server holds. Each is complete in
 * itself, so it does no harm that a batch isn't made all at once.
 */
final class Statements {
  private static final int OF_ONE_PARTITION = 100;

  /** Servers warn of batches with more partitions, or with more than 5 KiB in several of them. */
  private static final int PARTITIONS = 10;

  private static final int BYTES = 4096;

  private final CassandraSession session;

  Statements(CassandraSession session) {
    this.session = session;
  }

  /** The statements in batches; the order is not kept. */
  List<Statement<?>> batched(Collection<? extends Statement<?>> statements) {
    Map<List<Object>, List<BoundStatement>> partitions = new HashMap<>();
    for (Statement<?> each : statements) {
      BoundStatement bound = (BoundStatement) each;
      partitions.computeIfAbsent(partitionOf(bound), key -> new ArrayList<>()).add(bound);
    }
    List<Statement<?>> batches = new ArrayList<>();
    Map<Object, List<BoundStatement>> singles = new HashMap<>();
    partitions.forEach(
        (key, all) -> {
          if (all.size() == 1)
            singles.computeIfAbsent(serverOf(all.get(0)), s -> new ArrayList<>()).add(all.get(0));
          else
            for (int from = 0; from < all.size(); from += OF_ONE_PARTITION)
              batches.add(batch(all.subList(from, Math.min(all.size(), from + OF_ONE_PARTITION))));
        });
    singles.values().forEach(all -> pack(all, batches));
    return batches;
  }

  private static List<Object> partitionOf(BoundStatement statement) {
    return List.of(
        String.valueOf(statement.getPreparedStatement().getVariableDefinitions().get(0).getTable()),
        Optional.ofNullable(statement.getRoutingKey()).orElse(ByteBuffer.allocate(0)));
  }

  private static void pack(List<BoundStatement> singles, List<Statement<?>> batches) {
    List<BoundStatement> together = new ArrayList<>();
    int bytes = 0;
    for (BoundStatement each : singles) {
      int more = sizeOf(each);
      if (together.size() == PARTITIONS || bytes + more > BYTES && !together.isEmpty()) {
        batches.add(batch(together));
        together = new ArrayList<>();
        bytes = 0;
      }
      together.add(each);
      bytes += more;
    }
    if (!together.isEmpty()) batches.add(batch(together));
  }

  private static int sizeOf(BoundStatement statement) {
    int bytes = 0;
    for (ByteBuffer value : statement.getValues()) bytes += value.remaining() + Integer.BYTES;
    return bytes;
  }

  private static Statement<?> batch(List<? extends BatchableStatement<?>> statements) {
    if (statements.size() == 1) return statements.get(0);
    return BatchStatement.newInstance(DefaultBatchType.UNLOGGED)
        .addAll(statements)
        .setIdempotent(true);
  }

  /** The first of the servers that have the partition. */
  private Object serverOf(BoundStatement statement) {
    Optional<TokenMap> tokens = session.metadata().getTokenMap();
    ByteBuffer key = statement.getRoutingKey();
    if (tokens.isEmpty() || key == null) return this;
    Set<Node> replicas = tokens.get().getReplicas(statement.getRoutingKeyspace(), key);
    return replicas.isEmpty() ? this : replicas.iterator().next();
  }
}
