package io.millrace.topology.score;

import io.millrace.model.Weights;
import io.millrace.model.category.CategoryIds;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.LateEventException;
import io.millrace.model.scoring.Scored;
import io.millrace.model.scoring.Scorer;
import io.millrace.schemas.Score;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.Reason;
import io.millrace.state.Expiry;
import io.millrace.state.KeyStates;
import io.millrace.topology.Names;
import io.millrace.topology.metrics.CategoryMeters;
import io.millrace.topology.metrics.Meters;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The score stage of one task: Kafka around {@link Scorer}. */
public final class ScoreProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private final ScoreSettings settings;
  private final Supplier<Weights> weights;
  private final Meters meters;
  private final CategoryMeters categories;
  private final EventMapper mapper;
  private final Supplier<CategoryIds> ids;
  private final Supplier<Function<Score, byte[]>> encoders;
  private final Scorer scorer;
  private final LabelReader labels;

  private ProcessorContext<byte[], byte[]> context;
  private EventReader events;
  private ScoreWriter scores;
  private KeyStates states;
  private Optional<Windowing> windowing = Optional.empty();

  /**
   * @param mapper of this task alone
   * @param labelMapper of labels that come by themselves, likewise
   * @param encoders asked for one when the task begins
   * @param weights the newest ones, asked for at every event
   * @param ids those that texts have, likewise
   */
  public ScoreProcessor(
      ScoreSettings settings,
      EventMapper mapper,
      EventMapper labelMapper,
      Supplier<Function<Score, byte[]>> encoders,
      Supplier<Weights> weights,
      Supplier<CategoryIds> ids,
      Meters meters,
      CategoryMeters categories) {
    this.settings = settings;
    this.encoders = encoders;
    this.weights = weights;
    this.meters = meters;
    this.categories = categories;
    this.mapper = mapper;
    this.ids = ids;
    this.scorer = new Scorer(settings.spec(), settings.scoring());
    this.labels = new LabelReader(labelMapper, settings.spec().head());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    IdRequests requests = new IdRequests(context, settings, categories);
    this.events = new EventReader(mapper, new CategoryReader(ids, requests), settings.spec());
    this.scores = new ScoreWriter(encoders.get());
    this.states = new KeyStates(
        context.getStateStore(Names.KEY_STATES),
        settings.spec(),
        settings.stateEncoding(),
        settings.stateTtl().toMillis(),
        meters::corruptState);
    this.windowing =
        settings.windows().map(windows -> new Windowing(context, settings, states, meters));
    Expiry expiry = new Expiry(states, settings.expiryRows(), this::forgotten);
    context.schedule(
        settings.expiryInterval(),
        PunctuationType.STREAM_TIME,
        streamTime -> meters.expired(expiry.sweep(streamTime)));
  }

  @Override
  public void process(Record<byte[], byte[]> in) {
    try {
      if (isLabel()) {
        label(in);
      } else {
        score(in);
      }
    } catch (BadEventException e) {
      reject(in, e.reason(), e);
    } catch (LateEventException e) {
      reject(in, Reason.LATE, e);
    }
  }

  private boolean isLabel() {
    return settings.labelsTopic().isPresent()
        && context.recordMetadata().map(RecordMetadata::topic).equals(settings.labelsTopic());
  }

  private void label(Record<byte[], byte[]> in) {
    windowing.orElseThrow().label(in.timestamp(), labels.read(in));
  }

  private void score(Record<byte[], byte[]> in) {
    ReadEvent event = events.read(in);
    byte[] key = event.mapped().key();
    KeyState before = states.loadOrFresh(key, context.currentStreamTimeMs());
    Weights judges = weights.get();
    Scored scored =
        scorer.score(before, event.observation(), judges); // judged by weights that never saw it
    byte[] score = scores.write(event, scored.judgement());
    context.forward(in.withKey(key).withValue(score), Names.SCORES_SINK);
    KeyState after = windowing // only now may it teach
        .map(windows -> windows.append(
            key, in.timestamp(), before, scored, event.mapped().id(), judges.version()))
        .orElse(scored.after());
    boolean ends = event.mapped().end() && !scored.judgement().late();
    states.save(key, ends ? end(key, in.timestamp(), after) : after);
    meters.scored(scored.judgement());
  }

  private KeyState end(byte[] key, long timestamp, KeyState state) {
    return windowing
        .map(windows -> windows.end(key, timestamp, state))
        .orElseGet(() -> state.withWindowStart(KeyState.ENDED));
  }

  private void forgotten(byte[] key) {
    windowing.ifPresent(windows -> windows.forget(key));
  }

  private void reject(Record<byte[], byte[]> in, Reason reason, RuntimeException cause) {
    context.forward(
        DeadLetter.of(in, reason, context.recordMetadata(), cause), Names.DEAD_LETTERS_SINK);
    meters.deadLetter(reason);
  }
}
