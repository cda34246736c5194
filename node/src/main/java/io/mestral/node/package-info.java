/** Chooses the implementations, wires them, starts and stops them in order. */
package io.mestral.node;
