/** Functional Activities that every node has, and what others say that theirs take. */
package io.mestral.routing.request.call;
