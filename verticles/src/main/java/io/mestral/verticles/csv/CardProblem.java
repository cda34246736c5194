package io.mestral.verticles.csv;

/**
 * Something in a file that could not be taken.
 *
 * @param line from 1
 */
public record CardProblem(long line, String reason) {}
