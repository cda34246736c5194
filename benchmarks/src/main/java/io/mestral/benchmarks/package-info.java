/** Load and latency figures of the project's own. Nothing lives here yet. */
package io.mestral.benchmarks;
