package io.millrace.serde.mapping;

/**
 * A user's record to what the model takes. Each task has a mapper of its own, called by one thread, once an event, before anything
 * is remembered of it: the same record must always give the same event.
 */
@FunctionalInterface
public interface EventMapper {
  /**
   * @param in its value is not null
   * @throws BadEventException with the reason, when the record is no event: it becomes a dead letter. Every other exception is a
   *     fault: those of Kafka stop the task, which goes on where it was when started again, all others make a dead letter
   *     {@code unexpected}.
   */
  MappedEvent map(RawEvent in);
}
