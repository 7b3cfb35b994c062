package io.millrace.serde.safetensors;

import java.util.Map;

/**
 * A file's header.
 *
 * @param entries its tensors, by name
 * @param metadata what its writer had to say; empty where that is nothing
 */
record Header(Map<String, Entry> entries, Map<String, String> metadata) {}
