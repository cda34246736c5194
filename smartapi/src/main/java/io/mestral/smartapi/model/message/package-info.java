/** Messages, and what they carry that is no Entity. */
package io.mestral.smartapi.model.message;
