/** One doorman per duty, over the event bus. */
package io.mestral.verticles;
