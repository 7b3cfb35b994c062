package io.millrace.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The shape of a network, and the axis letters used everywhere: {@code F} numeric features of the user, {@code R} columns of a row,
 * {@code I} inputs of the first layer, {@code H} hidden units of each layer, {@code L} layers, {@code C} classes, {@code Y} outputs of
 * the head. Where nothing but features goes in and a forecast comes out, F, R and I are the same.
 *
 * <p>A <em>row</em> is how an event's input is kept and handed to a kernel: its numeric columns, then for each {@linkplain #slots slot}
 * the id of a category as a float, {@link #NONE} for none. A kernel expands it to the I inputs: an id becomes V columns of which its
 * own is 1, or its embedding, and none becomes zeros.
 *
 * <pre>
 *   numeric columns   F changes; then, unless the head is the forecast's, F levels; then the built-ins; then, with label feedback,
 *                     whether the last label is known, what it is, and how long ago
 *   slots             the K categories of the event; then, with label feedback and the binary head, one of size 2V for each of them:
 *                     twice the category of the last labelled event, plus its label
 * </pre>
 *
 * <p>Two specs are the same model if and only if their {@linkplain #signature() signatures} are equal.
 *
 * @param cell the recurrent cell of every layer
 * @param input what an event shows the network; a forecast needs a feature, and only a label can be fed back
 * @param layers L, from 1 to {@value #MAX_LAYERS}
 * @param hidden H, from 1 to {@value #MAX_HIDDEN}
 * @param head what is predicted
 * @param classes C, what the category head tells apart, from 2 to {@value #MAX_CLASSES}: the size of the first category where there is
 *     one; 0 for another head
 */
public record ModelSpec(
    Cell cell, InputSpec input, int layers, int hidden, Head head, int classes) {

  public static final int MAX_LAYERS = 16;
  public static final int MAX_HIDDEN = 8192;
  public static final int MAX_CLASSES = CategoryInput.MAX_SIZE;

  /** In place of a category's id where there is none. */
  public static final float NONE = -1;

  public ModelSpec {
    requireRange("layers", layers, 1, MAX_LAYERS);
    requireRange("hidden", hidden, 1, MAX_HIDDEN);
    if (head == Head.FORECAST) {
      requireRange("features", input.features(), 1, InputSpec.MAX_FEATURES);
    }
    if (head == Head.CATEGORY) {
      requireClasses(input.categories(), classes);
    } else {
      requireRange("classes", classes, 0, 0);
    }
    if (input.labelFeedback() && !isLabelled(head)) {
      throw rejected("head", head, "one of BINARY, REGRESSION, for label feedback");
    }
    if (input.equals(InputSpec.of(0))) {
      throw rejected("inputs", 0, "1 or more");
    }
  }

  /** Features alone go in. */
  public ModelSpec(Cell cell, int features, int layers, int hidden, Head head, int classes) {
    this(cell, InputSpec.of(features), layers, hidden, head, classes);
  }

  /** The same, of a head that knows no classes. */
  public ModelSpec(Cell cell, int features, int layers, int hidden, Head head) {
    this(cell, features, layers, hidden, head, 0);
  }

  /** A model whose head knows no classes. */
  public ModelSpec(Cell cell, InputSpec input, int layers, int hidden, Head head) {
    this(cell, input, layers, hidden, head, 0);
  }

  private static void requireClasses(List<CategoryInput> categories, int classes) {
    if (categories.isEmpty()) {
      requireRange("classes", classes, 2, MAX_CLASSES);
    } else {
      requireRange(
          "classes", classes, categories.get(0).size(), categories.get(0).size());
    }
  }

  private static boolean isLabelled(Head head) {
    return head == Head.BINARY || head == Head.REGRESSION;
  }

  static void requireRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw rejected(name, value, min == max ? min : min + ".." + max);
    }
  }

  private static IllegalArgumentException rejected(String field, Object actual, Object expected) {
    return new IllegalArgumentException(
        "model rejected: field=" + field + ", actual=" + actual + ", expected=" + expected + ".");
  }

  /** F: what the forecast predicts, and what is remembered of a key feature by feature. */
  public int features() {
    return input.features();
  }

  /** Columns of a row that are fed as they are. */
  public int numericColumns() {
    int ofFeature = head == Head.FORECAST ? 1 : 2;
    return ofFeature * features() + input.otherColumns();
  }

  /** R: numeric columns, then one id for each slot. */
  public int rowWidth() {
    return numericColumns() + slotCount();
  }

  /** The row of no event: no number, no category. */
  public float[] emptyRow() {
    float[] row = new float[rowWidth()];
    Arrays.fill(row, numericColumns(), row.length, NONE);
    return row;
  }

  /** [G] what a {@linkplain Head#isLazy lazy} head should have predicted of an event, as the event's row says it. */
  public float[] targetIn(float[] row) {
    int from = head == Head.FORECAST ? 0 : numericColumns();
    return Arrays.copyOfRange(row, from, from + targets());
  }

  /** What the ids at the end of a row are of. */
  public List<CategoryInput> slots() {
    List<CategoryInput> slots = new ArrayList<>(input.categories());
    if (crosses()) {
      input
          .categories()
          .forEach(of -> slots.add(new CategoryInput(of.kind(), 2 * of.size(), of.embedding())));
    }
    return slots;
  }

  public int slotCount() {
    int categories = input.categories().size();
    return crosses() ? 2 * categories : categories;
  }

  /** How many ids there are for a slot. */
  public int slotSize(int slot) {
    int categories = input.categories().size();
    int size = input.categories().get(slot % categories).size();
    return slot < categories ? size : 2 * size;
  }

  /** Whether a category is also shown together with the label that followed it. */
  private boolean crosses() {
    return input.labelFeedback() && head == Head.BINARY;
  }

  /** I: what the first layer multiplies its weights with, PyTorch's {@code input_size}. */
  public int inputs() {
    int inputs = numericColumns();
    for (CategoryInput slot : slots()) {
      inputs = Math.addExact(inputs, slot.width());
    }
    return inputs;
  }

  /** Y: a mean and a log variance for each feature, or a logit for each class, or one logit, or one value. */
  public int outputs() {
    return switch (head) {
      case FORECAST -> 2 * features();
      case CATEGORY -> classes;
      case BINARY, REGRESSION -> 1;
    };
  }

  /** How many values a step's target has: F features, or one class, label or value. */
  public int targets() {
    return head == Head.FORECAST ? features() : 1;
  }

  /** Width of the input of a layer: I for the first, H for the others. */
  public int inputsOf(int layer) {
    return layer == 0 ? inputs() : hidden;
  }

  /** Length of the hidden state h of all layers, and of the cell state c: L*H. */
  public int stateSize() {
    return layers * hidden;
  }

  /**
   * Names the model in full, as in {@code lstm-1x64-f16-forecast} or {@code lstm-1x64-f0-gap-c101-h28e8-feedback-binary}: cell,
   * layers x hidden, features, built-ins, categories with their kinds, sizes and embeddings, label feedback, head and its classes.
   */
  public String signature() {
    String shape = cell.name() + "-" + layers + "x" + hidden + "-" + input.shortName() + "-" + head;
    return (head == Head.CATEGORY ? shape + classes : shape).toLowerCase(Locale.ROOT);
  }

  /** The first eight bytes of SHA-256 over the signature: stands for it where a row has no room for text. */
  public long fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256")
          .digest(signature().getBytes(StandardCharsets.US_ASCII));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
