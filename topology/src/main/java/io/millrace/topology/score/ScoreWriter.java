package io.millrace.topology.score;

import io.millrace.model.scoring.Judgement;
import io.millrace.schemas.Score;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.function.Function;

/** A judgement to the bytes of its {@link Score}. */
final class ScoreWriter {
  private final Function<Score, byte[]> encoder;

  ScoreWriter(Function<Score, byte[]> encoder) {
    this.encoder = encoder;
  }

  byte[] write(ReadEvent event, Judgement judgement) {
    return encoder.apply(new Score(
        event.mapped().id().orElse(null),
        Instant.ofEpochMilli(event.mapped().time()),
        judgement.score(),
        judgement.surprise(),
        listOf(judgement.prediction()),
        judgement.weightsVersion(),
        judgement.steps(),
        judgement.warmup(),
        judgement.late(),
        judgement.restarted()));
  }

  private static List<Double> listOf(double[] values) {
    return new AbstractList<>() {
      @Override
      public Double get(int index) {
        return values[index];
      }

      @Override
      public int size() {
        return values.length;
      }
    };
  }
}
