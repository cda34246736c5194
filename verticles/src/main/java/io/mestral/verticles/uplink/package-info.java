/** This node as a gateway of another one: one connection outwards, and what goes over it. */
package io.mestral.verticles.uplink;
