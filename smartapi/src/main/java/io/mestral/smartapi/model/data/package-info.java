/** Values, series of them, and what is needed to understand and reach them. */
package io.mestral.smartapi.model.data;
