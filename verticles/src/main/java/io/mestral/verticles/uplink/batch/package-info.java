/** What goes from an edge to the node above it, and how it is written (docs/edge.md). */
package io.mestral.verticles.uplink.batch;
