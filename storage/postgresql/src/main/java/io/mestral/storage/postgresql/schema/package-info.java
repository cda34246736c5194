/** The tables, and the steps that lead from each version's to the next. */
package io.mestral.storage.postgresql.schema;
