/** Whose key a key is, and for whom its owner may speak (Smart API, section 7.3). */
package io.mestral.smartapi.security.trust;
