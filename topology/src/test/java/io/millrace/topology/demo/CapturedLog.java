package io.millrace.topology.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** Every line that this process logs while it is open, Kafka's too, stack traces included; the console gets none of them. */
public final class CapturedLog implements AutoCloseable {
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final LoggerConfig root = context.getConfiguration().getRootLogger();
  private final Map<String, Level> levels = new HashMap<>();
  private final Map<String, Appender> appenders = Map.copyOf(root.getAppenders());

  /** @param level of every logger */
  public CapturedLog(Level level) {
    context
        .getConfiguration()
        .getLoggers()
        .forEach((name, logger) -> levels.put(name, logger.getLevel()));
    appenders.keySet().forEach(root::removeAppender);
    Appender captured = new Captured();
    captured.start();
    root.addAppender(captured, Level.ALL, null);
    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, level);
    context.updateLoggers();
  }

  private final class Captured extends AbstractAppender {
    Captured() {
      super(
          "captured",
          null,
          PatternLayout.newBuilder().setPattern("%p %c{1}: %m%n%ex").build(),
          false,
          Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      lines.add(getLayout().toSerializable(event).toString());
    }
  }

  public List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  @Override
  public void close() {
    root.removeAppender("captured");
    appenders.values().forEach(appender -> root.addAppender(appender, null, null));
    levels.forEach(
        (name, level) -> context.getConfiguration().getLoggerConfig(name).setLevel(level));
    context.updateLoggers();
  }
}
