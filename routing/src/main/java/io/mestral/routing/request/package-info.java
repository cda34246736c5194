/** Smart API requests on their way to an Entity and back. */
package io.mestral.routing.request;
