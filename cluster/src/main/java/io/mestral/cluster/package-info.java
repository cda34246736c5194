/** Several nodes as one platform, over Hazelcast. Nothing lives here yet. */
package io.mestral.cluster;
