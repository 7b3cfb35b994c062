package io.millrace.serde.avro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;

/** A writer's schema without the fields that nobody asks for: they are skipped, not decoded. */
final class Projection {
  private Projection() {}

  /** @param paths each of them leads to a field of the record */
  static Schema of(Schema record, Collection<List<String>> paths) {
    Map<String, List<List<String>>> inner = new LinkedHashMap<>();
    for (List<String> path : paths) {
      List<List<String>> rests = inner.computeIfAbsent(path.get(0), name -> new ArrayList<>());
      if (path.size() > 1) {
        rests.add(path.subList(1, path.size()));
      }
    }
    List<Field> fields = new ArrayList<>();
    inner.forEach((name, rests) -> {
      Schema whole = record.getField(name).schema();
      Schema part = rests.isEmpty() ? whole : inside(whole, rests);
      fields.add(new Field(name, part, null, (Object) null));
    });
    return Schema.createRecord(
        record.getName(), record.getDoc(), record.getNamespace(), record.isError(), fields);
  }

  private static Schema inside(Schema field, List<List<String>> paths) {
    if (field.getType() == Type.RECORD) {
      return of(field, paths);
    }
    return Schema.createUnion(field.getTypes().stream()
        .map(branch -> branch.getType() == Type.RECORD ? of(branch, paths) : branch)
        .toList());
  }
}
