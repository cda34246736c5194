/** The reading store, behind an address: who keeps readings asks here. */
package io.mestral.verticles.storing;
