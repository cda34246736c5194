/** What the TLS ports show and trust: PEM files that may change while the node runs. */
package io.mestral.node.tls;
