package io.mestral.verticles.http;

import io.mestral.storage.Metadata;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.door.Door;
import io.mestral.verticles.http.openapi.Operations;
import io.mestral.verticles.http.ops.OpsAccounts;
import io.mestral.verticles.http.ops.OpsDevices;
import io.mestral.verticles.http.ops.OpsEdges;
import io.mestral.verticles.http.ops.OpsGateways;
import io.mestral.verticles.http.ops.OpsKeys;
import io.mestral.verticles.http.ops.OpsMoves;
import io.mestral.verticles.http.ops.OpsRequests;
import io.mestral.verticles.http.ops.OpsSessions;
import io.mestral.verticles.http.ops.OpsUpkeep;
import io.mestral.verticles.http.ops.OpsUsers;
import java.time.Clock;

/** The routes that administrators run the node by. */
final class OpsRoutes {
  private final OpsUsers users;
  private final OpsDevices devices;
  private final OpsGateways gateways;
  private final OpsEdges edges;
  private final OpsKeys keys;
  private final OpsAccounts accounts;
  private final OpsRequests requests;
  private final OpsSessions sessions;
  private final OpsUpkeep upkeep;
  private final OpsMoves moves;

  OpsRoutes(Platform platform, PeopleRoutes people) {
    Metadata metadata = platform.metadata();
    TokenVault vault = platform.access().vault();
    Clock clock = platform.clock();
    this.users = new OpsUsers(people.accounts(), people.presenter(), vault);
    this.devices =
        new OpsDevices(
            metadata.devices(), metadata.users(), platform.intake().changes(), vault, clock);
    this.gateways =
        new OpsGateways(
            new OpsGateways.Accounts(
                metadata.gateways(),
                metadata.users(),
                vault,
                platform.smartApi().watch().presence()),
            platform.smartApi().node(),
            platform.people().base(),
            platform.access().changes().gateway(),
            clock);
    this.edges =
        new OpsEdges(
            metadata.gateways(), platform.edges().views(), platform.edges().uplink(), clock);
    Platform.SmartApi smart = platform.smartApi();
    this.keys = new OpsKeys(smart.keys().own(), smart.keys().trusted(), smart.iris()::node);
    this.accounts = new OpsAccounts(smart.accounts(), clock);
    this.requests = new OpsRequests(smart.watch().whereabouts());
    this.sessions = new OpsSessions(platform.mqtt());
    this.upkeep = new OpsUpkeep(platform.upkeep());
    this.moves = new OpsMoves(platform.moves());
  }

  void on(Operations operations, Door door) {
    operations
        .on("createAccount", door.to(users::create))
        .on("createDevices", door.to(devices::create))
        .on("listGateways", door.to(gateways::list))
        .on("createGateway", door.to(gateways::create))
        .on("deleteGateway", door.to(gateways::delete))
        .on("replaceGatewayToken", door.to(gateways::replaceToken))
        .on("createEdge", door.to(gateways::createEdge))
        .on("listEdges", door.to(edges::list))
        .on("pauseEdge", door.to(edges::pause))
        .on("resumeEdge", door.to(edges::resume))
        .on("showUplink", door.to(edges::showUplink))
        .on("pauseUplink", door.to(edges::pauseUplink))
        .on("resumeUplink", door.to(edges::resumeUplink))
        .on("listMessageKeys", door.to(keys::list))
        .on("trustKey", door.to(keys::create))
        .on("distrustKey", door.to(keys::delete))
        .on("rotateNodeKeys", door.to(keys::rotate))
        .on("listPaymentAccounts", door.to(accounts::list))
        .on("openPaymentAccount", door.to(accounts::create))
        .on("showPaymentAccount", door.to(accounts::show))
        .on("bookOnAccount", door.to(accounts::book))
        .on("revokeContract", door.to(accounts::revoke))
        .on("showRequest", door.to(requests::show))
        .on("listMqttClients", door.to(sessions::list))
        .on("listSlowMqttClients", door.to(sessions::slow))
        .on("listMqttQueues", door.to(sessions::queues))
        .on("showMqttClient", door.to(sessions::show))
        .on("endMqttClient", door.to(sessions::end))
        .on("beginBackup", door.to(upkeep::backup))
        .on("showBackup", door.to(upkeep::lastBackup))
        .on("beginCheck", door.to(upkeep::check))
        .on("showCheck", door.to(upkeep::lastCheck))
        .on("beginMove", door.to(moves::begin))
        .on("showMove", door.to(moves::last))
        .on("stopMove", door.to(moves::stop));
  }
}
