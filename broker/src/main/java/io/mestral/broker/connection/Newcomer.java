package io.mestral.broker.connection;

import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;

/**
 * A socket whose client nobody knows yet.
 *
 * @param address of the client, which may be another than the socket's: there may be a proxy
 */
public record Newcomer(NetSocket socket, Carrier carrier, SocketAddress address) {}
