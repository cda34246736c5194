/**
 * Where a message goes. A session, the ingestor, a partner and another node are all the same kind
 * of thing here: a {@link io.mestral.routing.Subscriber}. The router knows no more about them.
 */
package io.mestral.routing;
