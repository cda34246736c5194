/** What brokers and operators ask about forwarding. */
package io.mestral.verticles.http.forward;
