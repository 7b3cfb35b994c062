package io.millrace.topology.replay;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far a replay is: the rows behind it, and a checksum over them, by which a changed input is noticed. Kept as a consumer group's offset: the
 * offset is the number of rows, its metadata {@code crc32c=<8 hex digits>}.
 *
 * @param checksum CRC-32C over key and value of every row so far
 */
record Place(long rows, long checksum) {
  static final Place START = new Place(0, 0);

  private static final Pattern METADATA = Pattern.compile("crc32c=([0-9a-f]{8})");

  /** @throws IllegalStateException when the offset is not a replay's */
  static Place of(OffsetAndMetadata offset) {
    Matcher metadata = METADATA.matcher(offset.metadata());
    if (!metadata.matches()) {
      throw new IllegalStateException(
          "replay rejected: field=metadata, expected=crc32c=XXXXXXXX, actual=" + offset.metadata()
              + ". Another consumer uses this --name as its group; choose another.");
    }
    return new Place(offset.offset(), Long.parseLong(metadata.group(1), 16));
  }

  OffsetAndMetadata toOffset() {
    return new OffsetAndMetadata(rows, "crc32c=%08x".formatted(checksum));
  }

  /** Behind one more row. */
  Place after(byte[] key, byte[] value) {
    CRC32C crc = new CRC32C();
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      crc.update((int) (checksum >>> shift));
    }
    crc.update(key);
    crc.update(value);
    return new Place(rows + 1, crc.getValue());
  }
}
