/**
 * Parts of a message that only some may read: JSON Web Encryption behind stubs (Smart API, section
 * 7.5), and the references of the published SDK, which are told apart and left alone.
 */
package io.mestral.smartapi.security.encryption;
