/**
 * Values as programs and as RDF terms: {@link io.mestral.smartapi.value.Variant}, what makes two
 * values equal or one the smaller, values with units, dictionaries and parameters.
 */
package io.mestral.smartapi.value;
