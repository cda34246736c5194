/**
 * Messages from bytes and to bytes: which syntax, which dialect, and what an envelope must have.
 */
package io.mestral.smartapi.message;
