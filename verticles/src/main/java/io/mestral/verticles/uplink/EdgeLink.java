package io.mestral.verticles.uplink;

import io.vertx.core.Context;

/**
 * What an edge sends over.
 *
 * @param home where that may be done
 * @param edge what this node is called by the node above
 */
record EdgeLink(Context home, String edge, UplinkConnection connection) {}
