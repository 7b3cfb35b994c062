package io.millrace.topology.transfer;

/** Weights that did not get out, or not in. */
public final class TransferException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TransferException(String message) {
    super(message);
  }
}
