/**
 * What messages have to be like, as SHACL shapes, and what is wrong with one in words that point at
 * the node (Smart API, sections 1.4 and 2).
 */
package io.mestral.smartapi.shape;
