package io.millrace.model.kernel.simd;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Where this JVM's arrays lie.
 *
 * @param regionBytes of G1, to which an array of more than half of it is at the start of a region and stays; 0: another collector,
 *     whose arrays lie anywhere
 * @param arrayBase bytes before the first element of an array
 */
record HeapLayout(int regionBytes, int arrayBase) {
  private static final int HEADER_BYTES = 16;
  private static final int COMPACT_HEADER_BYTES = 12;

  /** Nothing is known of it. */
  private static final HeapLayout ANY = new HeapLayout(0, HEADER_BYTES);

  static HeapLayout ofThisJvm() {
    HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (vm == null || !isSet(vm, "UseG1GC") || !isSet(vm, "UseCompressedClassPointers")) {
      return ANY;
    }
    return new HeapLayout(
        Integer.parseInt(vm.getVMOption("G1HeapRegionSize").getValue()),
        isSet(vm, "UseCompactObjectHeaders") ? COMPACT_HEADER_BYTES : HEADER_BYTES);
  }

  private static boolean isSet(HotSpotDiagnosticMXBean vm, String option) {
    try {
      return Boolean.parseBoolean(vm.getVMOption(option).getValue());
    } catch (IllegalArgumentException e) { // this JVM has no such option
      return false;
    }
  }
}
