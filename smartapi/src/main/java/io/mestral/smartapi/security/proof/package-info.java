/** Proofs: signatures over a part of a message, kept in the message (Smart API, section 7.2). */
package io.mestral.smartapi.security.proof;
