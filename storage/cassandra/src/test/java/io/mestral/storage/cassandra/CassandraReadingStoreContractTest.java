package io.mestral.storage.cassandra;

import io.mestral.storage.ReadingStore;
import io.mestral.storage.ReadingStoreContract;
import io.mestral.storage.Settled;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, kept by a real Cassandra. */
class CassandraReadingStoreContractTest extends ReadingStoreContract {
  @RegisterExtension static final Keyspace keyspace = new Keyspace("contract");

  private final MemoryJournal journal = new MemoryJournal(64 << 20);
  private CassandraReadingStore store;

  @BeforeEach
  void open() {
    store = keyspace.open(journal);
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
