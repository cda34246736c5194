/** What can be wrong with a message, and the exception that says so. */
package io.mestral.smartapi.error;
