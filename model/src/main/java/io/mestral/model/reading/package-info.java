/** What devices measured: single readings, and series of them in columns. */
package io.mestral.model.reading;
