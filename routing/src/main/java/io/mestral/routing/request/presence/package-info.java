/** Which gateways are alive, by what they say and how often. */
package io.mestral.routing.request.presence;
