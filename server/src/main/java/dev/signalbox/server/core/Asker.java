package dev.signalbox.server.core;

/**
 * Who asks for permits, and under which numbers the answer goes out.
 *
 * @param session the session
 * @param number its number for the request; 0 if it has none
 * @param index the command's place in the entry
 */
record Asker(Session session, long number, int index) {}
