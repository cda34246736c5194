package io.mestral.storage.cassandra;

import io.mestral.storage.ReadingStore;
import io.mestral.storage.ReadingStoreContract;
import io.mestral.storage.Settled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract, kept by a real Cassandra. */
class CassandraReadingStoreContractTest extends ReadingStoreContract {
  private static Keyspace keyspace;
  private final MemoryJournal journal = new MemoryJournal(64 << 20);
  private CassandraReadingStore store;

  @BeforeAll
  static void connect() {
    keyspace = new Keyspace("contract");
  }

  @AfterAll
  static void disconnect() {
    keyspace.close();
  }

  @BeforeEach
  void open() {
    keyspace.empty();
    store = keyspace.open(journal);
  }

  @AfterEach
  void close() {
    Settled.value(store.close());
  }

  @Override
  protected ReadingStore store() {
    return store;
  }

  @Override
  protected void settle() {
    Settled.value(store.settled());
  }

  @Override
  protected ReadingStore reopened() {
    Settled.value(store.close());
    store = keyspace.open(journal);
    return store;
  }
}
