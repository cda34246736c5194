/** What the Smart API library costs, each beside what it is compared with; run by smartapi.sh. */
package io.mestral.benchmarks.smartapi;
