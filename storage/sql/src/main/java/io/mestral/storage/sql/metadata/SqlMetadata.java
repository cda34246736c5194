package io.mestral.storage.sql.metadata;

import io.mestral.storage.CsvExports;
import io.mestral.storage.CsvUploads;
import io.mestral.storage.DeviceNotices;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.storage.IngestErrors;
import io.mestral.storage.InventoryReports;
import io.mestral.storage.MailQueue;
import io.mestral.storage.MovableMetadata;
import io.mestral.storage.OrphanRegistry;
import io.mestral.storage.Quarantine;
import io.mestral.storage.SensorCatalogue;
import io.mestral.storage.TableRow;
import io.mestral.storage.TokenRegistry;
import io.mestral.storage.UserRegistry;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.TableCatalog;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metadata in the tables of an engine. */
public abstract class SqlMetadata implements MovableMetadata {
  private final UserRegistry users;
  private final TokenRegistry tokens;
  private final DeviceRegistry devices;
  private final SensorCatalogue catalogue;
  private final IngestErrors ingestErrors;
  private final InventoryReports inventory;
  private final OrphanRegistry orphans;
  private final Quarantine quarantine;
  private final ForwardingRegistry forwarding;
  private final DeviceNotices notices;
  private final CsvExports csvExports;
  private final CsvUploads csvUploads;
  private final MailQueue mails;
  private final SqlTables tables;

  /** The tables are there and up to date. */
  protected SqlMetadata(Engine engine, TableCatalog catalog) {
    users = new SqlUserRegistry(engine);
    tokens = new SqlTokenRegistry(engine);
    devices = new SqlDeviceRegistry(engine);
    catalogue = new SqlSensorCatalogue(engine);
    ingestErrors = new SqlIngestErrors(engine);
    inventory = new SqlInventoryReports(engine);
    orphans = new SqlOrphanRegistry(engine);
    quarantine = new SqlQuarantine(engine);
    forwarding = new SqlForwardingRegistry(engine);
    notices = new SqlDeviceNotices(engine);
    csvExports = new SqlCsvExports(engine);
    csvUploads = new SqlCsvUploads(engine);
    mails = new SqlMailQueue(engine);
    tables = new SqlTables(engine, catalog);
  }

  @Override
  public final UserRegistry users() {
    return users;
  }

  @Override
  public final TokenRegistry tokens() {
    return tokens;
  }

  @Override
  public final DeviceRegistry devices() {
    return devices;
  }

  @Override
  public final SensorCatalogue catalogue() {
    return catalogue;
  }

  @Override
  public final IngestErrors ingestErrors() {
    return ingestErrors;
  }

  @Override
  public final InventoryReports inventory() {
    return inventory;
  }

  @Override
  public final OrphanRegistry orphans() {
    return orphans;
  }

  @Override
  public final Quarantine quarantine() {
    return quarantine;
  }

  @Override
  public final ForwardingRegistry forwarding() {
    return forwarding;
  }

  @Override
  public final DeviceNotices notices() {
    return notices;
  }

  @Override
  public final CsvExports csvExports() {
    return csvExports;
  }

  @Override
  public final CsvUploads csvUploads() {
    return csvUploads;
  }

  @Override
  public final MailQueue mails() {
    return mails;
  }

  @Override
  public final Future<List<Table>> tables() {
    return tables.tables();
  }

  @Override
  public final Future<List<TableRow>> rows(Table table, Optional<List<Object>> after, int limit) {
    return tables.rows(table, after, limit);
  }

  @Override
  public final Future<Map<String, Long>> numbers() {
    return tables.numbers();
  }

  @Override
  public final Future<Void> clear() {
    return tables.clear();
  }

  @Override
  public final Future<Void> put(Table table, List<TableRow> rows) {
    return tables.put(table, rows);
  }

  @Override
  public final Future<Void> finish(Map<String, Long> numbers) {
    return tables.finish(numbers);
  }
}
