/** Interfaces elsewhere that others announced: which may be called, and how (section 8.7). */
package io.mestral.verticles.smartrequest.outgoing;
