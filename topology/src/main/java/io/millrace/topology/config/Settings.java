package io.millrace.topology.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.ValidString.in;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Every setting of Millrace's own: type, default, bounds, and what it means, with its unit. */
public final class Settings {
  public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
  public static final String APPLICATION_ID = "application.id";
  public static final String STATE_DIR = "state.dir";
  public static final String PROCESSING_GUARANTEE = "processing.guarantee";
  public static final String COMMIT_INTERVAL = "commit.interval";
  public static final String TOPIC_PREFIX = "topic.";
  public static final String MODEL_CELL = "model.cell";
  public static final String MODEL_INPUTS = "model.inputs";
  public static final String MODEL_LAYERS = "model.layers";
  public static final String MODEL_HIDDEN = "model.hidden";
  public static final String MODEL_HEAD = "model.head";
  public static final String MODEL_BUILTINS = "model.builtins";
  public static final String MODEL_CATEGORIES = "model.categories";
  public static final String MODEL_LABEL_FEEDBACK = "model.label.feedback";
  public static final String MODEL_SEED = "model.seed";
  public static final String MODEL_INITIAL = "model.initial";
  public static final String MODEL_INITIAL_PREFIX = "model.initial.prefix";
  public static final String KERNEL = "kernel";
  public static final String KERNEL_WEIGHTS = "kernel.weights";
  public static final String EVENT_LATE = "event.late";
  public static final String SEQUENCE_GAP = "sequence.gap";
  public static final String SCORE_WARMUP = "score.warmup";
  public static final String SCORE_HORIZON = "score.horizon";
  public static final String SCORE_RECENT = "score.recent";
  public static final String SCORE_PEAK = "score.peak";
  public static final String SCORE_QUIET = "score.quiet";
  public static final String SCORE_RANGE = "score.range";
  public static final String NORMALIZE_HORIZON = "normalize.horizon";
  public static final String STATE_STORE = "state.store";
  public static final String STATE_CACHE = "state.cache.bytes";
  public static final String STATE_ENCODING = "state.encoding";
  public static final String STATE_TTL = "state.ttl";
  public static final String STATE_EXPIRY_INTERVAL = "state.expiry.interval";
  public static final String STATE_EXPIRY_ROWS = "state.expiry.rows";
  public static final String ROCKSDB_MEMORY = "rocksdb.memory.bytes";
  public static final String ROCKSDB_MEMTABLE = "rocksdb.memtable.bytes";
  public static final String LABEL_WAIT = "label.wait";
  public static final String LEARN_ENABLED = "learn.enabled";
  public static final String LEARN_PARTITIONS = "learn.partitions";
  public static final String LEARN_THREAD = "learn.thread";
  public static final String LEARN_SHARE = "learn.share";
  public static final String LEARN_YIELD_AFTER = "learn.yield.after";
  public static final String LEARN_MAX_PENDING = "learn.max.pending";
  public static final String LEARN_MAX_LAG = "learn.max.lag";
  public static final String STAGES = "stages";
  public static final String MODEL_NAME = "model.name";
  public static final String BATCH_WINDOWS = "batch.windows";
  public static final String BATCH_MAX_WAIT = "batch.max.wait";
  public static final String SYNC_STEPS = "sync.steps";
  public static final String SYNC_INTERVAL = "sync.interval";
  public static final String UPDATE_IN_FLIGHT = "update.in.flight";
  public static final String UPDATE_MAX_STALENESS = "update.max.staleness";
  public static final String MERGE_MAX_WAIT = "merge.max.wait";
  public static final String MERGE_RATE = "merge.rate";
  public static final String MERGE_MOMENTUM = "merge.momentum";
  public static final String MERGE_PRESENCE = "merge.presence";
  public static final String MERGE_EXPLOSION = "merge.explosion";
  public static final String ROLLBACK_THRESHOLD = "rollback.threshold";
  public static final String ROLLBACK_PATIENCE = "rollback.patience";
  public static final String ROLLBACK_HORIZON = "rollback.horizon";
  public static final String OPTIMIZER = "optimizer";
  public static final String OPTIMIZER_RATE = "optimizer.rate";
  public static final String OPTIMIZER_MOMENTUM = "optimizer.momentum";
  public static final String OPTIMIZER_BETA1 = "optimizer.beta1";
  public static final String OPTIMIZER_BETA2 = "optimizer.beta2";
  public static final String OPTIMIZER_EPSILON = "optimizer.epsilon";
  public static final String OPTIMIZER_WEIGHT_DECAY = "optimizer.weight.decay";
  public static final String OPTIMIZER_CLIP_NORM = "optimizer.clip.norm";
  public static final String OPTIMIZER_WARMUP = "optimizer.warmup";
  public static final String OPTIMIZER_DECAY = "optimizer.decay";
  public static final String OPTIMIZER_DECAY_HORIZON = "optimizer.decay.horizon";
  public static final String WINDOW_SIZE = "window.size";
  public static final String WINDOW_IDLE = "window.idle";

  private static final String NEVER = "36500d";

  static final ConfigDef DEFINITION = definition();

  private Settings() {}

  private static ConfigDef definition() {
    ConfigDef def = new ConfigDef();
    cluster(def);
    MembershipSettings.define(def);
    topics(def);
    ModelSettings.define(def);
    scoring(def);
    state(def);
    windows(def);
    LearnerSettings.define(def);
    EventSettings.define(def);
    LabelSettings.define(def);
    RegistryConfig.define(def);
    return def;
  }

  private static void cluster(ConfigDef def) {
    def.define(
        BOOTSTRAP_SERVERS,
        Type.STRING,
        "localhost:9092",
        new NonEmptyString(),
        HIGH,
        "Brokers to start from: host:port, comma-separated.");
    def.define(
        APPLICATION_ID,
        Type.STRING,
        "millrace",
        new NonEmptyString(),
        HIGH,
        "Names the application to Kafka: consumer group, changelogs, transactions.");
    def.define(
        STAGES,
        Type.LIST,
        "all",
        ConfigDef.ValidList.in(false, "all", "score", "learn", "merge"),
        HIGH,
        "Which stages this application runs: all, or some of score, learn, merge. Anything but all adds its names to the "
            + "application.id, so that stages deployed apart can share a configuration.");
    def.define(
        STATE_DIR,
        Type.STRING,
        "",
        MEDIUM,
        "Directory of the local stores; keep it across restarts. Empty: Kafka Streams' own default, below the system's "
            + "temporary directory.");
    def.define(
        PROCESSING_GUARANTEE,
        Type.STRING,
        "exactly_once_v2",
        in("exactly_once_v2", "at_least_once"),
        HIGH,
        "exactly_once_v2: every event one score, whatever dies. at_least_once: lower latency, and scores may repeat after "
            + "a crash.");
    def.define(
        COMMIT_INTERVAL,
        Type.STRING,
        "",
        new DurationsOrEmpty(),
        MEDIUM,
        "Time between commits. Under exactly_once_v2 it bounds how soon a score can be read; under at_least_once, how much is scored again "
            + "after a crash, and every commit holds up the events behind it. Empty: 100ms exactly once, 5s at least once.");
  }

  private static void topics(ConfigDef def) {
    topic(def, "events", "events", "Topic with the events to score.");
    topic(def, "scores", "scores", "Topic for scores; as many partitions as the events.");
    topic(def, "windows", "windows", "Topic for windows to learn from.");
    topic(def, "updates", "updates", "Topic for the workers' updates.");
    topic(def, "weights", "weights", "Topic for the weights.");
    topic(def, "control", "control", "Topic for commands.");
    topic(def, "dead-letters", "dead-letters", "Topic for events that could not be scored.");
    def.define(
        TOPIC_PREFIX + "labels",
        Type.STRING,
        "",
        LOW,
        "Topic with labels that come by themselves, keyed as the scores are and with as many partitions as the events; empty: labels come in "
            + "their events.");
  }

  private static void topic(ConfigDef def, String name, String value, String meaning) {
    def.define(TOPIC_PREFIX + name, Type.STRING, value, new NonEmptyString(), MEDIUM, meaning);
  }

  private static void scoring(ConfigDef def) {
    def.define(
        EVENT_LATE,
        Type.STRING,
        "score",
        in("score", "dead-letter"),
        MEDIUM,
        "What becomes of an event older than its key's last: judged but not remembered, or refused.");
    def.define(
        SEQUENCE_GAP,
        Type.STRING,
        NEVER,
        new Durations(),
        MEDIUM,
        "Silence of a key, in event time, after which its sequence begins anew from the initial hidden state.");
    def.define(
        SCORE_WARMUP,
        Type.INT,
        100,
        atLeast(0),
        MEDIUM,
        "Events of a key whose scores are flagged as warm-up.");
    def.define(
        SCORE_HORIZON,
        Type.INT,
        2000,
        atLeast(10),
        LOW,
        "Events over which a key's history of surprise and of level fades.");
    def.define(
        SCORE_RECENT,
        Type.INT,
        3,
        atLeast(1),
        LOW,
        "Events averaged into the surprise of the moment; 1 judges each event alone.");
    def.define(
        SCORE_PEAK,
        Type.INT,
        2000,
        atLeast(1),
        LOW,
        "Events over which a key's rarest moment fades; until then only what is rarer scores. Where half of the key's age is more, it "
            + "fades over that, ten times this setting at most.");
    def.define(
        SCORE_QUIET,
        Type.INT,
        200,
        atLeast(1),
        LOW,
        "Events over which an alarm fades; until then only what is more anomalous scores. 1 reports each event by itself.");
    def.define(
        SCORE_RANGE,
        Type.INT,
        4000,
        atLeast(10),
        LOW,
        "Events, at least, over which the lowest and highest level of a key's features are remembered; beyond them an event "
            + "scores, however gently it got there.");
    def.define(
        NORMALIZE_HORIZON,
        Type.INT,
        2000,
        atLeast(10),
        LOW,
        "Events over which the usual size of a key's changes fades, feature by feature.");
  }

  private static void state(ConfigDef def) {
    def.define(
        STATE_STORE,
        Type.STRING,
        "rocksdb",
        in("rocksdb", "memory"),
        MEDIUM,
        "Where key states live: on disk, or on the heap. Both have a changelog.");
    def.define(
        STATE_CACHE,
        Type.LONG,
        -1L,
        atLeast(-1L),
        MEDIUM,
        "Bytes of heap in which the stores of the process together keep the rows that were used last; RocksDB has the others. 0: "
            + "none are kept. -1: a quarter of the heap that the JVM may use.");
    def.define(
        STATE_ENCODING,
        Type.STRING,
        "f16",
        in("f32", "f16", "int8"),
        MEDIUM,
        "How a key's recurrent state is stored: in 4, 2 or 1 bytes a value. A change counts for each key from its next event on.");
    def.define(
        STATE_TTL,
        Type.STRING,
        "90d",
        new Durations(),
        MEDIUM,
        "Record time after which an unseen key is forgotten.");
    def.define(
        STATE_EXPIRY_INTERVAL,
        Type.STRING,
        "10s",
        new Durations(),
        LOW,
        "Record time between two sweeps for keys to forget.");
    def.define(STATE_EXPIRY_ROWS, Type.INT, 1000, atLeast(1), LOW, "Rows that one sweep looks at.");
    def.define(
        ROCKSDB_MEMORY,
        Type.LONG,
        268435456L,
        atLeast(8388608L),
        MEDIUM,
        "Bytes of memory for all RocksDB stores of the process together.");
    def.define(
        ROCKSDB_MEMTABLE,
        Type.LONG,
        67108864L,
        atLeast(1048576L),
        LOW,
        "Bytes of that which may be memtables.");
  }

  private static void windows(ConfigDef def) {
    def.define(
        LEARN_ENABLED,
        Type.BOOLEAN,
        true,
        HIGH,
        "Whether scored events are learned from. Without, no windows are kept and the weights stay as they are.");
    def.define(
        LEARN_PARTITIONS,
        Type.INT,
        1,
        between(1, 1024),
        MEDIUM,
        "Partitions of the windows topic, so learn workers at most.");
    def.define(
        WINDOW_SIZE,
        Type.INT,
        32,
        between(1, 4096),
        MEDIUM,
        "Steps of a full window: how far back a gradient reaches. A key's first window is shorter, by a part that goes by the key, "
            + "so where sequences end, a size of several times their length cuts few of them in two.");
    def.define(
        WINDOW_IDLE,
        Type.STRING,
        "30s",
        new Durations(),
        MEDIUM,
        "Silence of a key, in record time, after which its window is cut as it is. Shorter than state.ttl.");
    def.define(
        LABEL_WAIT,
        Type.STRING,
        "0s",
        new DurationsOrNone(),
        MEDIUM,
        "Record time for which a window that is cut waits for the labels of its steps; then it goes without those that have not come. Needs "
            + "topic.labels. A label finds its step by the event's id.");
  }
}
