/** Kits that exist only in memory, but speak like real ones. */
package io.mestral.node.simulation;
