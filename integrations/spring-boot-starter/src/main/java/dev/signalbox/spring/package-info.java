/**
 * Signalbox in a Spring Boot application: a client and limiters by {@linkplain
 * dev.signalbox.spring.SignalboxProperties configuration}, {@link dev.signalbox.spring.Limited} on
 * methods, a filter for servlets, health and meters.
 */
@NullMarked
package dev.signalbox.spring;

import org.jspecify.annotations.NullMarked;
