package io.millrace.topology.csv;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * The rows of all files merged by their times, as they would have come. The order within a file is never changed: a row that is older than the one
 * before it, or has no time, follows at once. All files are open at a time.
 */
public final class RowsByTime implements RowSource {
  private final List<CsvReader> readers = new ArrayList<>();
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparing(Head::turn).thenComparingInt(Head::file));

  /** @param turn the latest time seen in the file, this row included */
  private record Head(int file, CsvRow row, Instant turn) {}

  /** @throws IllegalArgumentException when a file lacks a column */
  public RowsByTime(CsvFiles files, Columns columns) throws IOException {
    try {
      for (String name : files.names()) {
        readers.add(new CsvReader(files, name, columns));
        advance(readers.size() - 1, Instant.MIN);
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public boolean hasNext() {
    return !heads.isEmpty();
  }

  @Override
  public CsvRow next() {
    if (heads.isEmpty()) {
      throw new NoSuchElementException();
    }
    Head head = heads.poll();
    advance(head.file(), head.turn());
    return head.row();
  }

  private void advance(int file, Instant before) {
    CsvReader reader = readers.get(file);
    if (reader.hasNext()) {
      CsvRow row = reader.next();
      Instant turn = row.time().filter(time -> time.isAfter(before)).orElse(before);
      heads.add(new Head(file, row, turn));
    }
  }

  @Override
  public void close() throws IOException {
    for (CsvReader reader : readers) {
      reader.close();
    }
  }
}
