/**
 * Keys as messages name them (multibase, Multikey) and what is computed with them, by BouncyCastle
 * or, where it is on the class path, by Amazon's Corretto provider.
 */
package io.mestral.smartapi.security.key;
