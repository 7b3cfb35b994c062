package io.millrace.topology.csv;

import java.io.IOException;
import java.util.Iterator;

/** The rows of a data set in a fixed order. */
public interface RowSource extends Iterator<CsvRow>, AutoCloseable {
  @Override
  void close() throws IOException;
}
