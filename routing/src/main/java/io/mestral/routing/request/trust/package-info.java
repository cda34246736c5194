/**
 * Proofs on messages, and what of them is encrypted: whose word they are, and who may read them.
 */
package io.mestral.routing.request.trust;
