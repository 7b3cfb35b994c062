package io.millrace.topology.evaluate;

import io.millrace.topology.csv.Columns;
import io.millrace.topology.csv.CsvFiles;
import io.millrace.topology.csv.CsvReader;
import java.io.IOException;
import java.util.Optional;

/**
 * History that is learned from before anything is judged: by the same stages, in file and row order, several times over. Between two
 * passes, and after the last, keys are forgotten; weights, their versions, the optimizers' moments and vocabularies go on.
 *
 * @param files with the columns of what is judged
 * @param epochs passes, at least 1
 * @param listener told how it goes
 */
public record Training(CsvFiles files, int epochs, Listener listener) {

  /** Who wants to know how training goes. */
  public interface Listener {
    /** One row of a pass is done. */
    void learned();

    /**
     * A pass is over, and all that it taught is in the weights.
     *
     * @param epoch number of the pass, from 1
     * @param scored rows of it that were events; the others are dead letters
     * @param meanSurprise over the scored rows, each before it was learned in this pass: nats
     */
    void passed(int epoch, long rows, long scored, double meanSurprise);
  }

  /** @return rows of a pass */
  long learn(Engine engine, Columns columns) throws IOException {
    long rows = 0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      rows = pass(engine, columns, epoch);
    }
    return rows;
  }

  private long pass(Engine engine, Columns columns, int epoch) throws IOException {
    long rows = 0;
    long scored = 0;
    double surprise = 0;
    for (String name : files.names()) {
      try (CsvReader reader = new CsvReader(files, name, columns)) {
        while (reader.hasNext()) {
          Optional<Judged> judged = engine.score(reader.next());
          scored += judged.isPresent() ? 1 : 0;
          surprise += judged.map(event -> event.score().getSurprise()).orElse(0.0);
          rows++;
          listener.learned();
        }
      }
    }
    engine.settle();
    engine.forgetKeys();
    listener.passed(epoch, rows, scored, scored == 0 ? 0 : surprise / scored);
    return rows;
  }
}
