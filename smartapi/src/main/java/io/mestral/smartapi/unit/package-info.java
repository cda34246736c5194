/**
 * Units and quantity kinds of QUDT and of the Smart API, and conversions between units (Smart API,
 * section 6).
 */
package io.mestral.smartapi.unit;
