/**
 * What the operator decides: options records, read once from file, environment and command line,
 * checked, and printed with secrets hidden.
 */
package io.mestral.config;
