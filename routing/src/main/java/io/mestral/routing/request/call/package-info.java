/** Functional Activities that every node has. */
package io.mestral.routing.request.call;
