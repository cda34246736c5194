package io.mestral.verticles.http.map;

import io.mestral.storage.Visibility;
import io.mestral.verticles.http.exchange.KnownTags;

/**
 * What somebody wants to see.
 *
 * @param viewer whose private devices are wanted too
 * @param gzip whether the answer is to be compressed
 * @param known what the asker has
 */
record PointsQuestion(Measure measure, Mean mean, Visibility viewer, boolean gzip, KnownTags known)
    implements MapQuestion {}
