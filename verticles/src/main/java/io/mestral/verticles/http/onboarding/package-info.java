/** How a kit that is new becomes somebody's device (spec 2.13). */
package io.mestral.verticles.http.onboarding;
