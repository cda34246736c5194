/** How things end: delivered, queued, or refused for a named reason. */
package io.mestral.model.outcome;
