package io.millrace.model.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.model.kernel.simd.CacheLines.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.vm.VM;

class CacheLinesTest {
  private static final int LINE_BYTES = 64;
  private static final int REGION = 1 << 20;

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 20_480, 300_000, 3_000_000})
  void arraysOfThisJvmBeginWithALineEvenAfterACollection(int length) {
    HeapLayout heap = HeapLayout.ofThisJvm();
    assumeTrue(heap.regionBytes() > 0, "collected by G1");
    CacheLines<float[]> lines = new CacheLines<>(heap, float[]::new);
    List<Part<float[]>> parts = new ArrayList<>();
    for (int n = 0; n < 5; n++) {
      parts.add(lines.take(length));
    }

    assertThat(parts).allSatisfy(CacheLinesTest::beginsWithALine);
    System.gc();
    assertThat(parts).allSatisfy(CacheLinesTest::beginsWithALine);
  }

  private static void beginsWithALine(Part<float[]> part) {
    long first = VM.current().addressOf(part.array()) + VM.current().arrayBaseOffset("float");
    assertThat((first + (long) Float.BYTES * part.at()) % LINE_BYTES).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1048576,16", "1048576,12", "0,16"})
  void whatIsTakenIsNobodyElses(int regionBytes, int arrayBase) {
    CacheLines<int[]> lines = new CacheLines<>(new HeapLayout(regionBytes, arrayBase), int[]::new);
    List<Part<int[]>> parts = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      Part<int[]> part = lines.take(7919);
      Arrays.fill(part.array(), part.at(), part.at() + 7919, n);
      parts.add(part);
    }

    for (int n = 0; n < parts.size(); n++) {
      Part<int[]> part = parts.get(n);
      assertThat(Arrays.copyOfRange(part.array(), part.at(), part.at() + 7919)).containsOnly(n);
    }
  }

  @Test
  void aRegionIsFilledBeforeTheNextIsTaken() {
    CacheLines<int[]> lines = new CacheLines<>(new HeapLayout(REGION, 16), int[]::new);
    int half = (REGION / 2 - LINE_BYTES) / Integer.BYTES;
    Part<int[]> first = lines.take(half);
    Part<int[]> second = lines.take(half);

    assertThat(second.array() == first.array()).isTrue();
    assertThat(lines.take(LINE_BYTES).array() == first.array()).isFalse();
  }

  @Test
  void whatIsLongerThanARegionHasAnArrayOfItsOwn() {
    CacheLines<int[]> lines = new CacheLines<>(new HeapLayout(REGION, 16), int[]::new);
    Part<int[]> shared = lines.take(1);
    Part<int[]> own = lines.take(REGION);

    assertThat(own.array().length - own.at()).isEqualTo(REGION);
    assertThat(lines.take(1).array() == shared.array()).isTrue();
  }
}
