package io.millrace.topology.evaluate;

import io.millrace.topology.csv.Columns;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to evaluate, and how to tell it.
 *
 * @param columns what the columns of the input mean
 * @param out directory of the results, mirroring the input's
 * @param scoreColumn heading of the score
 * @param warmupRows rows at the start of each file that are scored and learned but not judged
 * @param export file for the weights at the end
 */
public record EvaluationSettings(
    Columns columns, Path out, String scoreColumn, long warmupRows, Optional<Path> export) {}
