package io.mestral.broker.connection;

import io.mestral.broker.session.Session;

/** What the parts of one connection share. */
record Link(
    Client client,
    MqttSocket socket,
    Session session,
    Disconnector disconnector,
    Services services,
    Loop loop) {}
