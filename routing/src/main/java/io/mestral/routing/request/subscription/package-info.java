/** Standing orders for Notifications: who is told of what when Entities change. */
package io.mestral.routing.request.subscription;
