package io.mestral.storage.sql.metadata;

import io.mestral.storage.AccountRegistry;
import io.mestral.storage.ApplicationRegistry;
import io.mestral.storage.AuditLog;
import io.mestral.storage.CsvExports;
import io.mestral.storage.CsvUploads;
import io.mestral.storage.Departures;
import io.mestral.storage.DeviceNotices;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.DeviceTags;
import io.mestral.storage.DeviceTokenEnds;
import io.mestral.storage.Digests;
import io.mestral.storage.EntityRegistry;
import io.mestral.storage.ExperimentRegistry;
import io.mestral.storage.ExternalIdentities;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.storage.GatewayRegistry;
import io.mestral.storage.GrantRegistry;
import io.mestral.storage.IngestErrors;
import io.mestral.storage.InventoryReports;
import io.mestral.storage.Invitations;
import io.mestral.storage.MailQueue;
import io.mestral.storage.MovableMetadata;
import io.mestral.storage.NamedTokenRegistry;
import io.mestral.storage.NodeKeyRegistry;
import io.mestral.storage.OrphanRegistry;
import io.mestral.storage.PasswordResets;
import io.mestral.storage.Pictures;
import io.mestral.storage.PostprocessingRegistry;
import io.mestral.storage.Quarantine;
import io.mestral.storage.SensorCatalogue;
import io.mestral.storage.SigningKeyRegistry;
import io.mestral.storage.TableRow;
import io.mestral.storage.TextSearch;
import io.mestral.storage.TokenRegistry;
import io.mestral.storage.TokenUses;
import io.mestral.storage.TrustedKeyRegistry;
import io.mestral.storage.UserRegistry;
import io.mestral.storage.replica.ReplicaRegistry;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.TableCatalog;
import io.mestral.storage.sql.WriteGate;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metadata in the tables of an engine. */
public abstract class SqlMetadata implements MovableMetadata {
  private final UserRegistry users;
  private final NamedTokenRegistry namedTokens;
  private final TokenUses tokenUses;
  private final DeviceTokenEnds deviceTokenEnds;
  private final ApplicationRegistry applications;
  private final GrantRegistry grants;
  private final SigningKeyRegistry signingKeys;
  private final ExternalIdentities identities;
  private final GatewayRegistry gateways;
  private final EntityRegistry entities;
  private final AccountRegistry accounts;
  private final ReplicaRegistry replica;
  private final NodeKeyRegistry nodeKeys;
  private final TrustedKeyRegistry trustedKeys;
  private final TokenRegistry tokens;
  private final DeviceRegistry devices;
  private final SensorCatalogue catalogue;
  private final IngestErrors ingestErrors;
  private final InventoryReports inventory;
  private final OrphanRegistry orphans;
  private final Quarantine quarantine;
  private final ForwardingRegistry forwarding;
  private final DeviceTags deviceTags;
  private final ExperimentRegistry experiments;
  private final PostprocessingRegistry postprocessings;
  private final TextSearch search;
  private final DeviceNotices notices;
  private final CsvExports csvExports;
  private final CsvUploads csvUploads;
  private final MailQueue mails;
  private final PasswordResets passwordResets;
  private final Invitations invitations;
  private final AuditLog auditLog;
  private final Pictures pictures;
  private final Departures departures;
  private final Digests digests;
  private final WriteGate gate;
  private final SqlTables tables;

  /** The tables are there and up to date. */
  protected SqlMetadata(Engine engine, TableCatalog catalog) {
    gate = new WriteGate(engine);
    users = new SqlUserRegistry(gate);
    namedTokens = new SqlNamedTokenRegistry(gate);
    tokenUses = new SqlTokenUses(gate);
    deviceTokenEnds = new SqlDeviceTokenEnds(gate);
    applications = new SqlApplicationRegistry(gate);
    grants = new SqlGrantRegistry(gate);
    signingKeys = new SqlSigningKeyRegistry(gate);
    identities = new SqlExternalIdentities(gate);
    gateways = new SqlGatewayRegistry(gate);
    entities = new SqlEntityRegistry(gate);
    accounts = new SqlAccountRegistry(gate);
    nodeKeys = new SqlNodeKeyRegistry(gate);
    trustedKeys = new SqlTrustedKeyRegistry(gate);
    tokens = new SqlTokenRegistry(gate);
    SqlDeviceRegistry registry = new SqlDeviceRegistry(gate);
    devices = registry;
    replica = new SqlReplicaRegistry(gate, registry);
    catalogue = new SqlSensorCatalogue(gate);
    ingestErrors = new SqlIngestErrors(gate);
    inventory = new SqlInventoryReports(gate);
    orphans = new SqlOrphanRegistry(gate);
    quarantine = new SqlQuarantine(gate);
    forwarding = new SqlForwardingRegistry(gate);
    deviceTags = new SqlDeviceTags(gate);
    experiments = new SqlExperimentRegistry(gate);
    postprocessings = new SqlPostprocessingRegistry(gate);
    search = new SqlTextSearch(gate);
    notices = new SqlDeviceNotices(gate);
    csvExports = new SqlCsvExports(gate);
    csvUploads = new SqlCsvUploads(gate);
    mails = new SqlMailQueue(gate);
    passwordResets = new SqlPasswordResets(gate);
    invitations = new SqlInvitations(gate);
    auditLog = new SqlAuditLog(gate);
    pictures = new SqlPictures(gate);
    departures = new SqlDepartures(gate);
    digests = new SqlDigests(gate);
    tables = new SqlTables(engine, catalog);
  }

  @Override
  public final UserRegistry users() {
    return users;
  }

  @Override
  public final NamedTokenRegistry namedTokens() {
    return namedTokens;
  }

  @Override
  public final TokenUses tokenUses() {
    return tokenUses;
  }

  @Override
  public final DeviceTokenEnds deviceTokenEnds() {
    return deviceTokenEnds;
  }

  @Override
  public final ApplicationRegistry applications() {
    return applications;
  }

  @Override
  public final GrantRegistry grants() {
    return grants;
  }

  @Override
  public final SigningKeyRegistry signingKeys() {
    return signingKeys;
  }

  @Override
  public final ExternalIdentities identities() {
    return identities;
  }

  @Override
  public final GatewayRegistry gateways() {
    return gateways;
  }

  @Override
  public final EntityRegistry entities() {
    return entities;
  }

  @Override
  public final AccountRegistry accounts() {
    return accounts;
  }

  @Override
  public final ReplicaRegistry replica() {
    return replica;
  }

  @Override
  public final NodeKeyRegistry nodeKeys() {
    return nodeKeys;
  }

  @Override
  public final TrustedKeyRegistry trustedKeys() {
    return trustedKeys;
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
  public final DeviceTags deviceTags() {
    return deviceTags;
  }

  @Override
  public final ExperimentRegistry experiments() {
    return experiments;
  }

  @Override
  public final PostprocessingRegistry postprocessings() {
    return postprocessings;
  }

  @Override
  public final TextSearch search() {
    return search;
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
  public final PasswordResets passwordResets() {
    return passwordResets;
  }

  @Override
  public final Invitations invitations() {
    return invitations;
  }

  @Override
  public final AuditLog auditLog() {
    return auditLog;
  }

  @Override
  public final Pictures pictures() {
    return pictures;
  }

  @Override
  public final Departures departures() {
    return departures;
  }

  @Override
  public final Digests digests() {
    return digests;
  }

  @Override
  public final void hold(String why) {
    gate.hold(why);
  }

  @Override
  public final boolean isQuiet() {
    return gate.isQuiet();
  }

  @Override
  public final void release() {
    gate.release();
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
