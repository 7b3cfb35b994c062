package io.millrace.serde.mapping;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What somebody may have meant by a name that does not exist. */
public final class NearestNames {
  private NearestNames() {}

  /** @return the names that exist, by their distance from the one that does not, then by the alphabet */
  public static List<String> of(String name, Collection<String> existing) {
    return existing.stream()
        .sorted(Comparator.comparingInt((String candidate) -> distance(name, candidate))
            .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** Levenshtein's, one row at a time. */
  public static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
