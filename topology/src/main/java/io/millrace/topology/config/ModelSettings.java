package io.millrace.topology.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.ValidString.in;

import io.millrace.model.BuiltIn;
import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of the model, and the model that they describe. */
final class ModelSettings {
  private ModelSettings() {}

  static void define(ConfigDef def) {
    inputs(def);
    network(def);
    start(def);
  }

  private static void inputs(ConfigDef def) {
    def.define(
        Settings.MODEL_INPUTS,
        Type.INT,
        ConfigDef.NO_DEFAULT_VALUE,
        between(0, InputSpec.MAX_FEATURES),
        HIGH,
        "Numeric features of an event. Where event.features or event.categories is set, it need not be: as many as those features.");
    def.define(
        Settings.MODEL_CATEGORIES,
        Type.LIST,
        "",
        new CategoryTexts(),
        HIGH,
        "Categorical fields of an event, in the order of event.categories: vocabulary:SIZE, whose texts get ids as they appear, or "
            + "hashed:SIZE; SIZE ids, of which one is the unknown's. With :EMBEDDING behind it an id is a learned vector of that length, "
            + "else one-hot. Empty: vocabulary:1024 for each of event.categories.");
    def.define(
        Settings.MODEL_BUILTINS,
        Type.LIST,
        "",
        ConfigDef.ValidList.in(true, "time-gap", "hour-of-day", "day-of-week"),
        MEDIUM,
        "Inputs made of the event's time: time-gap, the logarithm of the seconds since the key's last event; hour-of-day and "
            + "day-of-week, sine and cosine in UTC.");
    def.define(
        Settings.MODEL_LABEL_FEEDBACK,
        Type.BOOLEAN,
        false,
        MEDIUM,
        "Whether the key's last known label, and how long ago it was, are inputs of the next step; for model.head=binary and regression.");
  }

  private static void network(ConfigDef def) {
    def.define(
        Settings.MODEL_NAME,
        Type.STRING,
        "model",
        new NonEmptyString(),
        LOW,
        "Name of the model, the first part of the keys in updates and weights.");
    def.define(Settings.MODEL_CELL, Type.STRING, "lstm", in("lstm"), MEDIUM, "The recurrent cell.");
    def.define(
        Settings.MODEL_LAYERS,
        Type.INT,
        1,
        between(1, ModelSpec.MAX_LAYERS),
        MEDIUM,
        "Recurrent layers.");
    def.define(
        Settings.MODEL_HIDDEN,
        Type.INT,
        64,
        between(1, ModelSpec.MAX_HIDDEN),
        HIGH,
        "Hidden units of each layer.");
    def.define(
        Settings.MODEL_HEAD,
        Type.STRING,
        "forecast",
        in("forecast", "category", "binary", "regression"),
        HIGH,
        "What is predicted: forecast, the next event's features; category, the first of the next event's categories; binary, the event's "
            + "label, 0 or 1; regression, the event's label, a number.");
  }

  private static void start(ConfigDef def) {
    def.define(Settings.MODEL_SEED, Type.LONG, 1L, MEDIUM, "Seed of version 0 of the weights.");
    def.define(
        Settings.MODEL_INITIAL,
        Type.STRING,
        "",
        MEDIUM,
        "A safetensors file with version 0 of the weights, in place of the seed; names as ./millrace export writes them. The same file for every "
            + "instance: one whose version 0 is not that of the weights topic stops. Empty: the seed.");
    def.define(
        Settings.MODEL_INITIAL_PREFIX,
        Type.LIST,
        "",
        LOW,
        "What that file's tensors may have before their names, as in lstm.weight_ih_l0; several, comma-separated.");
    def.define(
        Settings.KERNEL,
        Type.STRING,
        "auto",
        in("auto", "simd", "nd4j", "scalar"),
        MEDIUM,
        "Provider of the mathematics. auto: simd where the JVM offers the Vector API, else scalar.");
    def.define(
        Settings.KERNEL_WEIGHTS,
        Type.STRING,
        "f32",
        in("f32", "bf16"),
        LOW,
        "What the recurrent layers' matrices are rounded to where events are scored; learning is in f32 always. bf16 takes half the memory traffic an event and moves a weight by at most 2^-9 of it. All instances that score must agree.");
  }

  /** @throws IllegalArgumentException when the settings go together to no model */
  static ModelSpec spec(MillraceConfig config) {
    Head head = config.enumOf(Head.class, Settings.MODEL_HEAD);
    List<CategoryInput> categories = categories(config);
    if (head == Head.CATEGORY && categories.isEmpty()) {
      throw new IllegalArgumentException("setting=" + Settings.MODEL_HEAD
          + ": category, expected another without " + EventSettings.CATEGORIES + " or "
          + Settings.MODEL_CATEGORIES + ", the first of which it predicts.");
    }
    InputSpec input = new InputSpec(
        config.getInt(Settings.MODEL_INPUTS),
        builtIns(config),
        categories,
        config.getBoolean(Settings.MODEL_LABEL_FEEDBACK));
    return new ModelSpec(
        config.enumOf(Cell.class, Settings.MODEL_CELL),
        input,
        config.getInt(Settings.MODEL_LAYERS),
        config.getInt(Settings.MODEL_HIDDEN),
        head,
        head == Head.CATEGORY ? categories.get(0).size() : 0);
  }

  private static Set<BuiltIn> builtIns(MillraceConfig config) {
    return config.getList(Settings.MODEL_BUILTINS).stream()
        .map(name -> MillraceConfig.constant(BuiltIn.class, name))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** How each of the events' categorical fields becomes an id. */
  static List<CategoryInput> categories(MillraceConfig config) {
    List<String> texts = config.getList(Settings.MODEL_CATEGORIES);
    int fields = config.getList(EventSettings.CATEGORIES).size();
    return texts.isEmpty()
        ? Collections.nCopies(fields, CategoryTexts.STANDARD)
        : texts.stream().map(CategoryTexts::parse).toList();
  }
}
