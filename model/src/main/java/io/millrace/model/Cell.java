package io.millrace.model;

/** The recurrent cell of a layer. */
public enum Cell {
  /** Long short-term memory. Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000. */
  LSTM
}
