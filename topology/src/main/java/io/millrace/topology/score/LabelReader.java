package io.millrace.topology.score;

import io.millrace.model.Head;
import io.millrace.schemas.Label;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.UndecodableException;
import io.millrace.serde.UnknownSchemaException;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.Reason;
import org.apache.kafka.streams.processor.api.Record;

/** Bytes of the labels topic to a label that can be learned from. */
final class LabelReader {
  private final AvroSerde<Label> serde = AvroSerde.of(Label.class);
  private final Head head;

  LabelReader(Head head) {
    this.head = head;
  }

  /** @throws BadEventException with the reason, when it cannot */
  Label read(Record<byte[], byte[]> in) {
    if (in.value() == null) {
      throw new BadEventException(
          Reason.NULL_VALUE,
          "field=value, actual=null. Labels are not deleted one by one; send none.");
    }
    if (in.key() == null) {
      throw new BadEventException(
          Reason.NULL_KEY, "field=key, actual=null. Key labels by the entity of their event.");
    }
    Label label = decode(in.value());
    check(head, label.getValue());
    return label;
  }

  private Label decode(byte[] bytes) {
    try {
      return serde.decode(bytes);
    } catch (UnknownSchemaException e) {
      throw new BadEventException(Reason.UNKNOWN_SCHEMA, e.getMessage(), e);
    } catch (UndecodableException e) {
      throw new BadEventException(Reason.UNDECODABLE, e.getMessage(), e);
    }
  }

  /** @throws BadEventException when a head cannot be held against such a label */
  static void check(Head head, double label) {
    Sizes.require("label", label);
    if (head == Head.BINARY && label != 0 && label != 1) {
      throw new BadEventException(
          Reason.WRONG_TYPE,
          "field=label, expected=0 or 1, actual=" + label
              + ". Send a boolean, or set model.head=regression.");
    }
  }
}
