/** What the TLS port shows and trusts: PEM files that may change while the node runs. */
package io.mestral.broker.tls;
