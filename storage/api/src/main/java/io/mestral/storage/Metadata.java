package io.mestral.storage;

import io.mestral.storage.replica.ReplicaRegistry;
import io.vertx.core.Future;

/** All metadata ports of one engine. */
public interface Metadata {
  /** The accounts. */
  UserRegistry users();

  /** The users' API tokens. */
  TokenRegistry tokens();

  /** Tokens that users made for one purpose each. */
  NamedTokenRegistry namedTokens();

  /** When tokens were used. */
  TokenUses tokenUses();

  /** When devices' tokens end. */
  DeviceTokenEnds deviceTokenEnds();

  /** The applications that users give rights to. */
  ApplicationRegistry applications();

  /** What users granted to applications. */
  GrantRegistry grants();

  /** What tokens are signed with. */
  SigningKeyRegistry signingKeys();

  /** Users of other OpenID providers. */
  ExternalIdentities identities();

  /** The machines that manage devices. */
  GatewayRegistry gateways();

  /** Entities that were made known here. */
  EntityRegistry entities();

  /** Accounts, and what was bought. */
  AccountRegistry accounts();

  /** What is here from the node above. */
  ReplicaRegistry replica();

  /** The node's keys for messages. */
  NodeKeyRegistry nodeKeys();

  /** Whose keys are believed in messages. */
  TrustedKeyRegistry trustedKeys();

  /** The devices and their components. */
  DeviceRegistry devices();

  /** Sensors and measurements. */
  SensorCatalogue catalogue();

  /** What could not be taken in. */
  IngestErrors ingestErrors();

  /** Factory reports. */
  InventoryReports inventory();

  /** Devices that are being set up. */
  OrphanRegistry orphans();

  /** Entries with impossible times. */
  Quarantine quarantine();

  /** Whose readings go to which partner. */
  ForwardingRegistry forwarding();

  /** The tags of devices. */
  DeviceTags deviceTags();

  /** What people look at together. */
  ExperimentRegistry experiments();

  /** What is kept of devices' postprocessing. */
  PostprocessingRegistry postprocessings();

  /** Devices and people by what is said of them. */
  TextSearch search();

  /** What owners were told. */
  DeviceNotices notices();

  /** Archives that were asked for. */
  CsvExports csvExports();

  /** Files that were uploaded. */
  CsvUploads csvUploads();

  /** Mail that waits for the mail server. */
  MailQueue mails();

  /** Codes to set a forgotten password anew. */
  PasswordResets passwordResets();

  /** Who may make an account where not everybody may. */
  Invitations invitations();

  /** What people did. */
  AuditLog auditLog();

  /** Profile pictures. */
  Pictures pictures();

  /** People and devices on their way out. */
  Departures departures();

  /** Who wants a digest. */
  Digests digests();

  /** Succeeds when the engine answers; a probe for health. */
  Future<Void> check();

  /** Finishes what is under way and lets go of files and connections. */
  Future<Void> close();
}
