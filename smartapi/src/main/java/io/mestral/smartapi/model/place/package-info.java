/** Where things are, how they move and what area they are in. */
package io.mestral.smartapi.model.place;
