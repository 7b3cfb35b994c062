package io.millrace.topology.demo;

import io.millrace.schemas.Score;
import io.millrace.topology.demo.fleet.Channel;
import io.millrace.topology.demo.fleet.Fault;
import io.millrace.topology.demo.fleet.Sample;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An event, the truth about it, and what was said of it before the truth was known. */
record JudgedSample(Sample sample, Score score) {
  /** One line for people. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%s %s  score %.4f  surprise %6.1f nats  %s  %s",
        sample.key(),
        sample.event().getTime(),
        score.getScore(),
        score.getSurprise(),
        Stream.of(Channel.values()).map(this::reading).collect(Collectors.joining("  ")),
        sample.fault().map(JudgedSample::injected).orElse("no fault injected"));
  }

  private String reading(Channel channel) {
    return String.format(
        Locale.ROOT,
        "%s %.2f (expected %.2f)",
        channel.text(),
        sample.event().getFeatures().get(channel.ordinal()),
        score.getPrediction().get(channel.ordinal()));
  }

  private static String injected(Fault fault) {
    return "injected: " + fault.kind().text() + " of " + fault.channel().text();
  }
}
