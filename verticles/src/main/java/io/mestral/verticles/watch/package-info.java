/** What goes wrong with devices, told once: low batteries, silence, messages that can't be read. */
package io.mestral.verticles.watch;
