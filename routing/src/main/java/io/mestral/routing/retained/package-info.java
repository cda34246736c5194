/** The last message of each topic whose publisher wanted it kept for subscribers to come. */
package io.mestral.routing.retained;
