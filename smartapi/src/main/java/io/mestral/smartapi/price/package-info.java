/**
 * What an offer costs, and what an account has: sums in decimals, never in floating point (Smart
 * API, sections 2.16 and 5.4).
 */
package io.mestral.smartapi.price;
