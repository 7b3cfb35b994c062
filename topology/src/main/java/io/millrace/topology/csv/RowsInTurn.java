package io.millrace.topology.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** File after file, row after row. One file is open at a time. */
public final class RowsInTurn implements RowSource {
  private final CsvFiles files;
  private final Columns columns;
  private final Iterator<String> names;
  private CsvReader reader;

  /** @throws IllegalArgumentException when the first file lacks a column */
  public RowsInTurn(CsvFiles files, Columns columns) throws IOException {
    this.files = files;
    this.columns = columns;
    this.names = files.names().iterator();
    this.reader = new CsvReader(files, names.next(), columns);
  }

  @Override
  public boolean hasNext() {
    while (!reader.hasNext() && names.hasNext()) {
      turnTo(names.next());
    }
    return reader.hasNext();
  }

  @Override
  public CsvRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return reader.next();
  }

  private void turnTo(String name) {
    try {
      reader.close();
      reader = new CsvReader(files, name, columns);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
