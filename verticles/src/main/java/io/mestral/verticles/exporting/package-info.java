/** Makes the archives that were asked for, as files that are there for a day. */
package io.mestral.verticles.exporting;
