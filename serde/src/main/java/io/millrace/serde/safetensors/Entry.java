package io.millrace.serde.safetensors;

import java.util.List;

/**
 * One tensor as the header announces it.
 *
 * @param shape lengths of the axes, row-major; empty for a single value
 * @param begin of its bytes, counted from the end of the header
 * @param end behind its last byte
 */
record Entry(String name, Dtype dtype, List<Long> shape, long begin, long end) {}
