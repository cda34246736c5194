package io.mestral.verticles.http.map;

import io.mestral.storage.Visibility;

/**
 * What somebody wants to see.
 *
 * @param viewer whose private devices are wanted too
 * @param gzip whether the answer is to be compressed
 * @param known the ETag of what the asker has; empty when that is nothing
 */
record PointsQuestion(Measure measure, Mean mean, Visibility viewer, boolean gzip, String known) {}
