/**
 * The devices of the platform as Entities of the Smart API: outlines of what is known of them, with
 * the values that the reading store has when somebody asks for these.
 */
package io.mestral.verticles.smartrequest.platform;
