/** What became of each request, step by step: for who asks where one is. */
package io.mestral.routing.request.trail;
