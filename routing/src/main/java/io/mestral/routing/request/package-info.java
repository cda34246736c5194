/** Smart API requests on their way to a device and back; nothing lives here yet. */
package io.mestral.routing.request;
