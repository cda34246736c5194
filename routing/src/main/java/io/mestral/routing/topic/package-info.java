/** Topic matching: which subscriptions want a topic. */
package io.mestral.routing.topic;
