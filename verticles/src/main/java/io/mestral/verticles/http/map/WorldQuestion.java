package io.mestral.verticles.http.map;

import io.mestral.storage.Visibility;
import io.mestral.verticles.http.exchange.KnownTags;
import java.util.Optional;

/**
 * Who wants to see the whole world.
 *
 * @param viewer who wants it as it is now, with the private devices they may see; empty for who
 *     takes what everybody is shown
 * @param gzip whether the answer is to be compressed
 * @param known what the asker has
 */
record WorldQuestion(Optional<Visibility> viewer, boolean gzip, KnownTags known)
    implements MapQuestion {}
