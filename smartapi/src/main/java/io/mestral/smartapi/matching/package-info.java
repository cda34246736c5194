/**
 * Which Entities a template means, and what of them is answered, written, made or removed (Smart
 * API, section 3). Pure functions over what a {@link io.mestral.smartapi.matching.Stock} holds.
 */
package io.mestral.smartapi.matching;
