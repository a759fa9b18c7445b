package dev.signalbox.server.core;

/**
 * Whether a grant is a credit, which its client hands out by itself, and how it stands (K1, K2).
 */
public enum Credit {
  /** It is an ordinary grant. */
  NONE,
  /** It is a credit, and nobody has lacked its permits. */
  OUT,
  /** It is a credit of which its client was told to give back what it does not use. */
  RECALLED
}
