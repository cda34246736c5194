/**
 * One client on one socket, from CONNECT to the end: what it says is taken apart here, and what it
 * has is kept in its session. All of it runs on the socket's event loop.
 */
package io.mestral.broker.connection;
