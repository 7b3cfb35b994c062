package io.millrace.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Status.Code;
import org.rocksdb.Status.SubCode;

class DamagedStoreTest {
  private static Throwable fault(Code code, SubCode subCode, String state) {
    return new ProcessorStateException(
        "Error opening store", new RocksDBException("", new Status(code, subCode, state)));
  }

  @Test
  void damagedAndMissingFilesAreDamage() {
    assertThat(DamagedStore.isCauseOf(fault(Code.Corruption, SubCode.None, "checksum")))
        .isTrue();
    assertThat(DamagedStore.isCauseOf(
            fault(Code.IOError, SubCode.None, "No such file or directory: MANIFEST-000004")))
        .isTrue();
  }

  @Test
  void aFullDiskIsNot() {
    assertThat(DamagedStore.isCauseOf(fault(Code.IOError, SubCode.NoSpace, "No space left")))
        .isFalse();
    assertThat(DamagedStore.isCauseOf(fault(Code.IOError, SubCode.None, "Permission denied")))
        .isFalse();
    assertThat(DamagedStore.isCauseOf(new IllegalStateException("anything"))).isFalse();
  }
}
