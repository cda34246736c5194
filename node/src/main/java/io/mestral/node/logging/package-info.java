/** How the log is set up and written: in code, to stderr, one event a line. */
package io.mestral.node.logging;
