/**
 * The Entities that were created at this node, registered or announced: in memory for whoever asks,
 * on disk before anybody is told; and who may do what with them.
 */
package io.mestral.routing.request.directory;
