/** The messages and keys of SCRAM-SHA-256 (RFC 5802, RFC 7677), without any account behind them. */
package io.mestral.verticles.auth.scram;
