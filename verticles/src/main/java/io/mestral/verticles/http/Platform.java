package io.mestral.verticles.http;

import io.mestral.config.AccountOptions;
import io.mestral.routing.request.presence.Presence;
import io.mestral.routing.request.trade.Accounts;
import io.mestral.routing.request.whereabouts.Whereabouts;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.auth.Passwords;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.auth.TokenVerifier;
import io.mestral.verticles.auth.oauth.AuthorizationServer;
import io.mestral.verticles.http.account.AccountChanges;
import io.mestral.verticles.http.csv.CsvParts;
import io.mestral.verticles.http.ops.Moves;
import io.mestral.verticles.http.ops.MqttClients;
import io.mestral.verticles.http.ops.Upkeep;
import io.mestral.verticles.http.service.Readiness;
import io.mestral.verticles.ingestion.CatalogueChanges;
import io.mestral.verticles.ingestion.DeviceChanges;
import io.mestral.verticles.ingestion.OrphanChanges;
import io.mestral.verticles.ingestion.ReadingIngest;
import io.mestral.verticles.mail.Letters;
import io.mestral.verticles.smartrequest.ConnectedClients;
import io.mestral.verticles.smartrequest.NodeIris;
import io.mestral.verticles.smartrequest.SmartRequests;
import io.mestral.verticles.smartrequest.keys.NodeKeys;
import io.mestral.verticles.smartrequest.keys.TrustedKeys;
import io.mestral.verticles.uplink.UplinkDesk;
import io.mestral.verticles.uplink.receiving.EdgeViews;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything that the HTTP API stands on. */
public record Platform(
    Metadata metadata,
    ReadingStore readings,
    Access access,
    Intake intake,
    People people,
    CsvParts csv,
    Probes probes,
    MqttClients mqtt,
    Upkeep upkeep,
    Moves moves,
    SmartApi smartApi,
    Edges edges,
    Clock clock) {

  /**
   * Who somebody is.
   *
   * @param changes who hears when somebody may do less than before
   */
  public record Access(
      TokenVault vault,
      Passwords passwords,
      TokenVerifier verifier,
      AccountChanges changes,
      AuthorizationServer oauth) {}

  /**
   * How people are reached.
   *
   * @param base of links, without a slash at the end; known once the node listens
   * @param letters empty: this node sends no mail
   */
  public record People(AccountOptions options, Supplier<String> base, Optional<Letters> letters) {}

  /** Where readings go, and who hears that a device, one to be, or the catalogue has changed. */
  public record Intake(
      ReadingIngest ingest,
      DeviceChanges changes,
      OrphanChanges orphans,
      CatalogueChanges catalogue) {}

  /**
   * Where Smart API messages go.
   *
   * @param node what this node is called in topics
   * @param units how they are named to who named none
   * @param watch what can be seen from outside
   * @param clients who is told over connections that are kept open
   */
  public record SmartApi(
      String node,
      SmartRequests requests,
      NodeIris iris,
      QudtFamily units,
      Keys keys,
      Accounts accounts,
      Watch watch,
      ConnectedClients clients) {}

  /**
   * Edges below this node, and what this node itself brings to the one above.
   *
   * @param uplink empty for a node that is no edge
   */
  public record Edges(EdgeViews views, Optional<UplinkDesk> uplink) {}

  /** What became of requests, and which gateways are alive. */
  public record Watch(Whereabouts whereabouts, Presence presence) {}

  /** The keys of messages: the node's own, and whose it believes. */
  public record Keys(NodeKeys own, TrustedKeys trusted) {}

  /**
   * What the node says of itself.
   *
   * @param metrics all metrics in Prometheus' text form
   */
  public record Probes(Readiness readiness, Supplier<String> metrics, String version) {}
}
