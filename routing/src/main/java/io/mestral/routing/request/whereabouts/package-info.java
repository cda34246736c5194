/** Where a request is, at this node and at those that are gateways of it. */
package io.mestral.routing.request.whereabouts;
