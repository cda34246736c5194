/**
 * The four encodings of lists behind one interface, {@link io.mestral.smartapi.list.RdfList} to
 * read and {@link io.mestral.smartapi.list.ListWriter} to write (Smart API, section 4).
 */
package io.mestral.smartapi.list;
