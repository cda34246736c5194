package io.mestral.verticles.http.door;

/**
 * What clients may take of the node, each and all together.
 *
 * @param limit how often one may ask
 * @param bodies memory for what they send
 * @param answers memory for what they are sent
 * @param rate how slow one may be that sends files, or takes what is made while it is sent
 */
public record Bounds(RateLimit limit, BodyBudget bodies, AnswerBudget answers, LeastRate rate) {}
