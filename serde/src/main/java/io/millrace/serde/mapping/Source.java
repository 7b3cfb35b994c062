package io.millrace.serde.mapping;

/** Whose records are mapped, and so what the settings are called that say how. */
public enum Source {
  EVENT("event", "label"),
  /** Labels that come by a topic of their own. */
  LABEL("label", "value");

  private final String prefix;
  private final String label;

  Source(String prefix, String label) {
    this.prefix = prefix;
    this.label = label;
  }

  /** {@code event.schemas}. */
  public String setting(String name) {
    return prefix + "." + name;
  }

  public String key() {
    return setting("key");
  }

  public String time() {
    return setting("time");
  }

  public String id() {
    return setting("id");
  }

  public String features() {
    return setting("features");
  }

  public String categories() {
    return setting("categories");
  }

  public String label() {
    return setting(label);
  }

  public String end() {
    return setting("end");
  }

  public String schemas() {
    return setting("schemas");
  }

  public String encoding() {
    return setting("encoding");
  }

  public String format() {
    return setting("format");
  }
}
