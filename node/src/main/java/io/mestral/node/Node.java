package io.mestral.node;

import io.mestral.broker.BrokerVerticle;
import io.mestral.broker.session.SessionRegistry;
import io.mestral.config.BrokerOptions;
import io.mestral.config.BrokerOptions.Access;
import io.mestral.config.MestralConfig;
import io.mestral.config.NodeOptions.Profile;
import io.mestral.model.access.AccessPolicy;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.platform.DeviceTopics;
import io.mestral.routing.Router;
import io.mestral.routing.Subscription;
import io.mestral.verticles.auth.OpenAccess;
import io.mestral.verticles.auth.Passwords;
import io.mestral.verticles.auth.PlatformAccess;
import io.mestral.verticles.auth.TokenAuthClient;
import io.mestral.verticles.auth.TokenAuthVerticle;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.auth.TokenVerifier;
import io.mestral.verticles.ingestion.IngestClient;
import io.mestral.verticles.ingestion.IngestionVerticle;
import io.mestral.verticles.storing.StorageClient;
import io.mestral.verticles.storing.StorageVerticle;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node: which parts there are, how they are wired, in which order they start and stop. */
public final class Node implements RunningNode {
}
