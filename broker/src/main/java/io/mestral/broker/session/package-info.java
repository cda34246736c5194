/**
 * What a client has with the broker beyond its socket: subscriptions, and messages on their way. A
 * session lives on one event loop; others ask it, none reaches in.
 */
package io.mestral.broker.session;
