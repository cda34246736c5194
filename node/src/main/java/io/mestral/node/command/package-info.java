/** The verbs of the command line, and where the process begins. */
package io.mestral.node.command;
