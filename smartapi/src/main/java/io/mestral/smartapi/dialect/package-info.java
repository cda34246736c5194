/** The ways in which others write the same terms, read as the ones that this library writes. */
package io.mestral.smartapi.dialect;
