package io.millrace.benchmarks.stream.application;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** What one writes first: the key's h and c in a store, a library's network at every event, its forecast as the score's. */
final class NaiveProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private final ModelSpec spec;
  private final NaiveNetwork network;
  private final AvroSerde<Event> events = AvroSerde.of(Event.class);
  private final AvroSerde<Score> scores = AvroSerde.of(Score.class);
  private final float[] x;
  private final float[] y;
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> store;

  NaiveProcessor(ModelSpec spec, NaiveNetwork network) {
    this.spec = spec;
    this.network = network;
    this.x = new float[spec.inputs()];
    this.y = new float[spec.outputs()];
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    this.store = context.getStateStore(Topologies.STORE);
  }

  @Override
  public void process(Record<byte[], byte[]> in) {
    Event event = events.decode(in.value());
    for (int f = 0; f < x.length; f++) {
      x[f] = event.getFeatures().get(f).floatValue();
    }
    Bytes key = Bytes.wrap(in.key());
    HiddenState state = HiddenState.initial(spec);
    byte[] row = store.get(key);
    if (row != null) {
      ByteBuffer.wrap(row).asFloatBuffer().get(state.h()).get(state.c());
    }
    network.step(x, state, y);
    store.put(key, rowOf(state));
    context.forward(in.withValue(scores.encode(scoreOf(event))));
  }

  private static byte[] rowOf(HiddenState state) {
    byte[] row = new byte[Float.BYTES * (state.h().length + state.c().length)];
    FloatBuffer out = ByteBuffer.wrap(row).asFloatBuffer();
    out.put(state.h()).put(state.c());
    return row;
  }

  private Score scoreOf(Event event) {
    List<Double> forecast =
        IntStream.range(0, x.length).mapToObj(f -> (double) y[f]).toList();
    return new Score(
        event.getId(), event.getTime(), 0.0, 0.0, forecast, 0L, 0L, false, false, false);
  }
}
