package io.millrace.state;

import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Tells a store whose files on disk are damaged from all else that stops a task. Such a store fails at every start until its files are
 * gone; its changelog holds all that it held.
 */
public final class DamagedStore {
  private DamagedStore() {}

  /** Whether a fault has damaged files among its causes. */
  public static boolean isCauseOf(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof RocksDBException store && isDamage(store.getStatus())) {
        return true;
      }
    }
    return false;
  }

  /** A file that is named and not there is damage too; a disk that is full or may not be written is not. */
  private static boolean isDamage(Status status) {
    return status != null
        && (status.getCode() == Status.Code.Corruption
            || status.getCode() == Status.Code.IOError
                && status.getSubCode() == Status.SubCode.None
                && status.getState() != null
                && status.getState().contains("No such file"));
  }
}
