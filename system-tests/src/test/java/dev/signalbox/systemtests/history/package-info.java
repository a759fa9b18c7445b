/**
 * Recorded histories: clients that note every call they make, and a checker that says whether what
 * they were told can be true. How to read a verdict, and what the checker cannot see, stands in
 * {@link dev.signalbox.systemtests.history.CheckMain}.
 */
@NullMarked
package dev.signalbox.systemtests.history;

import org.jspecify.annotations.NullMarked;
