/** Interfaces elsewhere that others announced: which may be called, and how (section 2.14). */
package io.mestral.verticles.smartrequest.outgoing;
