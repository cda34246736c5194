/**
 * Which town and country a place is in, from files that are part of the program: countries of
 * Natural Earth (public domain), places of GeoNames (CC BY 4.0). {@code build/geography.mjs} makes
 * them.
 */
package io.mestral.verticles.geography;
