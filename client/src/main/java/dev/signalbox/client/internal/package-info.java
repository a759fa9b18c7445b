/**
 * The link to the service: session stream, requests, lease clock. Not API.
 *
 * <p>Everything that changes happens on one thread, the {@link
 * dev.signalbox.client.internal.NetworkThread}, so there are no locks; callers reach it through the
 * {@link dev.signalbox.client.internal.Inbox}. User code never runs on it: see {@link
 * dev.signalbox.client.internal.Dispatcher}. Classes that are for that thread alone say "network
 * thread".
 */
@NullMarked
package dev.signalbox.client.internal;

import org.jspecify.annotations.NullMarked;
