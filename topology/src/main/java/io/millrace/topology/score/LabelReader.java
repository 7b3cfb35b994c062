package io.millrace.topology.score;

import io.millrace.model.Head;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.RawEvent;
import io.millrace.serde.mapping.Reason;
import org.apache.kafka.streams.processor.api.Record;

/** Bytes of the labels topic to a label that can be learned from, whoever maps it. */
final class LabelReader {
  private final EventMapper mapper;
  private final Head head;

  LabelReader(EventMapper mapper, Head head) {
    this.mapper = mapper;
    this.head = head;
  }

  /** @throws BadEventException with the reason, when it cannot */
  ReadLabel read(Record<byte[], byte[]> in) {
    if (in.value() == null) {
      throw new BadEventException(
          Reason.NULL_VALUE,
          "field=value, actual=null. Labels are not deleted one by one; send none.");
    }
    MappedEvent label =
        mapper.map(new RawEvent(in.key(), in.value(), in.timestamp(), in.headers()));
    if (label.key() == null) {
      throw new BadEventException(
          Reason.NULL_KEY, "field=key, actual=null. Key labels by the entity of their event.");
    }
    String id = label.id().orElseThrow(() -> missing("id", "the id of its event"));
    double value = label.label().orElseThrow(() -> missing("label", "a value"));
    check(head, value);
    return new ReadLabel(label.key(), id, value);
  }

  private static BadEventException missing(String field, String wanted) {
    return new BadEventException(
        Reason.NULL_FIELD, "field=" + field + ", actual=null. Send " + wanted + " in every label.");
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
