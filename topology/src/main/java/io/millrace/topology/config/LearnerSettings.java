package io.millrace.topology.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.ValidString.in;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of the stages that learn and merge. */
final class LearnerSettings {
  private LearnerSettings() {}

  static void define(ConfigDef def) {
    learn(def);
    overload(def);
    optimizer(def);
    merge(def);
    rollback(def);
  }

  private static void learn(ConfigDef def) {
    def.define(
        Settings.BATCH_WINDOWS,
        Type.INT,
        16,
        between(1, 4096),
        MEDIUM,
        "Windows learned in one optimizer step.");
    def.define(
        Settings.BATCH_MAX_WAIT,
        Type.STRING,
        "100ms",
        new Durations(),
        MEDIUM,
        "How long a window waits for its batch to fill.");
    def.define(
        Settings.SYNC_STEPS,
        Type.INT,
        256,
        atLeast(1),
        MEDIUM,
        "Optimizer steps after which a worker emits its update; 1 exchanges every step.");
    def.define(
        Settings.SYNC_INTERVAL,
        Type.STRING,
        "500ms",
        new Durations(),
        MEDIUM,
        "Time after which a worker emits its update, however little it has learned.");
    def.define(
        Settings.UPDATE_IN_FLIGHT,
        Type.INT,
        8,
        between(1, 1024),
        LOW,
        "Updates that a worker may have on their way before it waits for weights that hold the first of them.");
  }

  private static void overload(ConfigDef def) {
    def.define(
        Settings.LEARN_THREAD,
        Type.STRING,
        "own",
        in("own", "stream"),
        MEDIUM,
        "Whose thread learns a batch: a worker's own, while the stream thread goes on scoring, or the stream thread. The same updates come of it; "
            + "stream is for a machine that has no processor to spare.");
    def.define(
        Settings.LEARN_SHARE,
        Type.DOUBLE,
        0.1,
        MEDIUM,
        "Part of a stream thread's time that learning may take, on whichever thread, while there are more events than the thread can score; more than 0. 1: learning "
            + "never yields to scoring.");
    def.define(
        Settings.LEARN_YIELD_AFTER,
        Type.STRING,
        "500ms",
        new Durations(),
        LOW,
        "How long events have been waiting when learning begins to yield.");
    def.define(
        Settings.LEARN_MAX_PENDING,
        Type.LONG,
        16384L,
        atLeast(1),
        LOW,
        "Windows that a worker holds in its store until its update is emitted; further ones wait in their topic.");
    def.define(
        Settings.LEARN_MAX_LAG,
        Type.LONG,
        0L,
        atLeast(0),
        MEDIUM,
        "Newer windows that may wait behind one before it is skipped, never to be learned, and counted. 0: none is skipped.");
  }

  private static void optimizer(ConfigDef def) {
    def.define(
        Settings.OPTIMIZER,
        Type.STRING,
        "adam",
        in("sgd", "rmsprop", "adagrad", "adam", "adamw"),
        MEDIUM,
        "How parameters follow their gradient.");
    def.define(
        Settings.OPTIMIZER_RATE,
        Type.DOUBLE,
        0.003,
        HIGH,
        "Learning rate at full height, per optimizer step.");
    def.define(Settings.OPTIMIZER_MOMENTUM, Type.DOUBLE, 0.9, LOW, "Momentum of sgd.");
    def.define(
        Settings.OPTIMIZER_BETA1,
        Type.DOUBLE,
        0.9,
        LOW,
        "Decay of the gradient's mean, adam, adamw.");
    def.define(
        Settings.OPTIMIZER_BETA2,
        Type.DOUBLE,
        0.999,
        LOW,
        "Decay of the squared gradient's mean, adam, adamw, rmsprop.");
    def.define(
        Settings.OPTIMIZER_EPSILON,
        Type.DOUBLE,
        1e-8,
        LOW,
        "Added to the root of the squared gradient, all but sgd.");
    def.define(
        Settings.OPTIMIZER_WEIGHT_DECAY,
        Type.DOUBLE,
        0.0,
        LOW,
        "Pull towards zero: of the parameters directly for adamw, through the gradient for the others.");
    def.define(
        Settings.OPTIMIZER_CLIP_NORM,
        Type.DOUBLE,
        1.0,
        MEDIUM,
        "Longest gradient that is followed as it is: Euclidean norm over all parameters, mean over a batch's steps.");
    def.define(
        Settings.OPTIMIZER_WARMUP,
        Type.LONG,
        20L,
        atLeast(0),
        LOW,
        "Optimizer steps over which the rate rises to its full height.");
    def.define(
        Settings.OPTIMIZER_DECAY,
        Type.STRING,
        "none",
        in("none", "inverse-sqrt", "exponential"),
        LOW,
        "How the rate falls afterwards.");
    def.define(
        Settings.OPTIMIZER_DECAY_HORIZON,
        Type.DOUBLE,
        100_000.0,
        LOW,
        "Optimizer steps over which the decay is felt; the half-life when exponential.");
  }

  private static void merge(ConfigDef def) {
    def.define(
        Settings.UPDATE_MAX_STALENESS,
        Type.LONG,
        16L,
        atLeast(0),
        MEDIUM,
        "Versions that the base of an update may lie behind the weights; older updates are dropped and counted.");
    def.define(
        Settings.MERGE_MAX_WAIT,
        Type.STRING,
        "500ms",
        new Durations(),
        MEDIUM,
        "How long a round waits for workers that have not been heard. One worker never waits.");
    def.define(
        Settings.MERGE_RATE,
        Type.DOUBLE,
        1.0,
        LOW,
        "Part of the workers' mean change that the weights follow; 1 is the plain average.");
    def.define(
        Settings.MERGE_MOMENTUM,
        Type.DOUBLE,
        0.0,
        LOW,
        "Nesterov momentum of the merge; 0 is none.");
    def.define(
        Settings.MERGE_PRESENCE,
        Type.LONG,
        8L,
        atLeast(1),
        LOW,
        "Rounds that a worker may miss before nobody waits for it any more.");
    def.define(
        Settings.MERGE_EXPLOSION,
        Type.DOUBLE,
        20.0,
        LOW,
        "How many times its usual length an update may have; longer ones are dropped and counted.");
  }

  private static void rollback(ConfigDef def) {
    def.define(
        Settings.ROLLBACK_THRESHOLD,
        Type.DOUBLE,
        1.0,
        MEDIUM,
        "How far the recent loss may lie above its usual level before the weights go back: nats a step.");
    def.define(
        Settings.ROLLBACK_PATIENCE,
        Type.LONG,
        10_000L,
        atLeast(1),
        LOW,
        "Steps that the loss must lie there.");
    def.define(
        Settings.ROLLBACK_HORIZON,
        Type.LONG,
        200_000L,
        atLeast(2),
        LOW,
        "Steps over which the usual level follows the loss; more than rollback.patience.");
  }
}
