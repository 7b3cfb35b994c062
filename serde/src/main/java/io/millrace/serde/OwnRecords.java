package io.millrace.serde;

import io.millrace.schemas.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;

/** The generated classes, which Avro only loads when they are trusted. */
public final class OwnRecords {
  static {
    // Avro loads the classes that a schema names; only our own may be meant.
    String trusted = Event.class.getPackageName();
    ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
        ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(trusted)));
  }

  private OwnRecords() {}

  public static SpecificData dataOf(Class<? extends SpecificRecordBase> type) {
    return SpecificData.getForClass(type);
  }

  /**
   * The same for writing alone, by the code that was generated with a class where there is such: a value then does not pass through a switch
   * over its type. Reading is left to Avro's own way, which believes no length before the bytes are there.
   */
  static SpecificData writing(SpecificData data) {
    SpecificData writing = new SpecificData();
    data.getConversions().forEach(writing::addLogicalTypeConversion);
    writing.setCustomCoders(true);
    return writing;
  }

  /** The schema that records of a class were written with at first, where that was another. */
  public static Schema firstSchemaOf(Class<? extends SpecificRecordBase> type) {
    try (InputStream schema = type.getResourceAsStream(type.getSimpleName() + "-1.avsc")) {
      return new Schema.Parser().parse(schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
