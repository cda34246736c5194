package io.mestral.verticles.http.map;

/** What is asked of the map verticle; a {@link MapAnswer} comes back. */
sealed interface MapQuestion permits PointsQuestion, WorldQuestion {}
