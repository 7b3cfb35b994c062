package io.millrace.topology.config;

import io.millrace.model.Head;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with settings that are right one by one. */
final class CrossChecks {
  private final MillraceConfig config;
  private final List<String> errors = new ArrayList<>();

  private CrossChecks(MillraceConfig config) {
    this.config = config;
  }

  static List<String> errors(MillraceConfig config) {
    CrossChecks checks = new CrossChecks(config);
    checks.accepted(config::modelSpec);
    checks.accepted(config::learnSettings);
    checks.accepted(config::mergeSettings);
    checks.errors.addAll(SecuritySettings.errors(config));
    checks.accepted(config::overloadSettings);
    checks.registry();
    checks.mapping();
    checks.categories();
    checks.label();
    checks.labelsTopic();
    checks.labelWait();
    checks.accepted(config::initialParameters);
    checks.idleBeforeExpiry();
    checks.updatesInFlight();
    return checks.errors;
  }

  /** The model's own records know their bounds. What two of them refuse is one fault. */
  private void accepted(Runnable made) {
    try {
      made.run();
    } catch (IllegalArgumentException e) {
      if (!errors.contains(e.getMessage())) {
        errors.add(e.getMessage());
      }
    } catch (ArithmeticException e) {
      errors.add("model rejected: field=parameters, actual=more than " + Integer.MAX_VALUE
          + ", expected=fewer. Make it smaller, or give its categories an embedding.");
    }
  }

  private void registry() {
    told(() -> RegistryConfig.of(config));
  }

  private void told(Runnable made) {
    try {
      made.run();
    } catch (ConfigErrors e) {
      errors.addAll(e.errors());
    }
  }

  private void mapping() {
    told(config::eventMappers);
    int features = config.getList(EventSettings.FEATURES).size();
    int inputs = config.getInt(Settings.MODEL_INPUTS);
    if (features > 0 && features != inputs) {
      errors.add("setting=" + Settings.MODEL_INPUTS + ": " + inputs + ", expected " + features
          + " as " + EventSettings.FEATURES + " says, or nothing.");
    }
  }

  private void categories() {
    int named = config.getList(EventSettings.CATEGORIES).size();
    int described = config.getList(Settings.MODEL_CATEGORIES).size();
    if (named > 0 && described > 0 && named != described) {
      errors.add("setting=" + Settings.MODEL_CATEGORIES + ": " + described + " fields, expected "
          + named + " as " + EventSettings.CATEGORIES + " says, or nothing.");
    }
  }

  /** Our own events have a place for a label. */
  private void label() {
    Head head = config.enumOf(Head.class, Settings.MODEL_HEAD);
    boolean wanted = head == Head.BINARY || head == Head.REGRESSION;
    boolean mapped = !config.getString(EventSettings.LABEL).isEmpty();
    boolean own = config.getString(EventSettings.FORMAT).equals("millrace");
    String says = Settings.MODEL_HEAD + "=" + config.getString(Settings.MODEL_HEAD);
    if (wanted && !mapped && !own && config.topics().labels().isEmpty()) {
      errors.add(
          "setting=" + EventSettings.LABEL + ": empty, expected the field with the label, or "
              + Settings.TOPIC_PREFIX + "labels, for " + says + ".");
    }
    if (mapped && !wanted && !own) {
      errors.add("setting=" + EventSettings.LABEL + ": has no meaning with " + says + ".");
    }
  }

  private void labelsTopic() {
    String setting = "setting=" + Settings.TOPIC_PREFIX + "labels: ";
    String topic = config.topics().labels();
    if (topic.isEmpty()) {
      labelsWithoutTopic();
      return;
    }
    told(config::labelMappers);
    if (config.enumOf(Head.class, Settings.MODEL_HEAD).isLazy()) {
      errors.add(setting + topic + ", has no meaning with " + Settings.MODEL_HEAD + "="
          + config.getString(Settings.MODEL_HEAD) + ".");
    }
    boolean own = config.getString(EventSettings.FORMAT).equals("millrace");
    if (!own && config.getString(EventSettings.ID).isEmpty()) {
      errors.add(
          "setting=" + EventSettings.ID + ": empty, expected the field by which the labels of "
              + Settings.TOPIC_PREFIX + "labels name an event.");
    }
    if (!config.isLearning()) {
      errors.add(setting + topic + ", expected none with " + Settings.LEARN_ENABLED
          + "=false: a label is joined to a window, and none are kept.");
    }
  }

  private void labelsWithoutTopic() {
    String format = config.getString(LabelSettings.FORMAT);
    if (!format.equals("millrace")) {
      errors.add("setting=" + LabelSettings.FORMAT + ": " + format + ", has no meaning without "
          + Settings.TOPIC_PREFIX + "labels.");
    } else {
      told(config::labelMappers);
    }
  }

  private void labelWait() {
    Duration wait = config.duration(Settings.LABEL_WAIT);
    Duration idle = config.duration(Settings.WINDOW_IDLE);
    Duration ttl = config.duration(Settings.STATE_TTL);
    if (!wait.isZero() && config.topics().labels().isEmpty()) {
      errors.add("setting=" + Settings.LABEL_WAIT + ": " + wait.toMillis()
          + " ms, has no meaning without " + Settings.TOPIC_PREFIX + "labels.");
    }
    if (!wait.isZero() && wait.plus(idle).compareTo(ttl) >= 0) {
      errors.add("setting=" + Settings.LABEL_WAIT + ": " + wait.toMillis()
          + " ms, must with " + Settings.WINDOW_IDLE + " be shorter than " + Settings.STATE_TTL
          + ", " + ttl.toMillis() + " ms: a forgotten key has no use for labels.");
    }
  }

  private void idleBeforeExpiry() {
    Duration idle = config.duration(Settings.WINDOW_IDLE);
    Duration ttl = config.duration(Settings.STATE_TTL);
    if (config.isLearning() && idle.compareTo(ttl) >= 0) {
      errors.add("setting=" + Settings.WINDOW_IDLE + ": " + idle.toMillis()
          + " ms, must be shorter than " + Settings.STATE_TTL + ", " + ttl.toMillis()
          + " ms: a forgotten key's window could not be cut.");
    }
  }

  private void updatesInFlight() {
    long inFlight = config.getInt(Settings.UPDATE_IN_FLIGHT);
    long staleness = config.getLong(Settings.UPDATE_MAX_STALENESS);
    if (inFlight > staleness + 1) {
      errors.add("setting=" + Settings.UPDATE_IN_FLIGHT + ": " + inFlight + ", must be at most "
          + Settings.UPDATE_MAX_STALENESS + " + 1, " + (staleness + 1)
          + ": a worker alone would have its own updates dropped.");
    }
  }
}
