package io.millrace.topology.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.serde.avro.MillraceEventMapper;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.RawEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowEncoderTest {
  private static final Columns COLUMNS = new Columns(
      "t",
      TimeUnit.MILLISECONDS,
      List.of(),
      List.of("shop", "land"),
      Optional.of("fraud"),
      Optional.of("last"),
      Optional.empty(),
      Optional.empty());

  @TempDir
  private Path dir;

  private List<MappedEvent> events(String rows) throws IOException {
    Path file = Files.writeString(dir.resolve("a.csv"), "t,shop,land,fraud,last\n" + rows);
    RowEncoder encoder = new RowEncoder();
    MillraceEventMapper mapper = MillraceEventMapper.singleObject();
    List<MappedEvent> events = new ArrayList<>();
    try (RowSource source = new RowsInTurn(new CsvFiles(file), COLUMNS)) {
      source.forEachRemaining(row -> events.add(
          mapper.map(new RawEvent(encoder.key(row), encoder.value(row), 0, new RecordHeaders()))));
    }
    return events;
  }

  @Test
  void categoriesLabelAndEndAreInTheEventAndEmptyFieldsAreUnknown() throws IOException {
    List<MappedEvent> events =
        events("1,a,NL,1,0\n2,,\"a,b\",false,1\n3,7,x,,\n4,a,b,0.5,true\n5,a,b,perhaps,false\n");

    assertThat(events.get(0).categories()).containsExactly("a", "NL");
    assertThat(events.get(1).categories()).containsExactly(null, "a,b");
    assertThat(events)
        .extracting(event -> event.label().orElse(-1))
        .containsExactly(1.0, 0.0, -1.0, 0.5, Double.NaN);
    assertThat(events)
        .extracting(MappedEvent::end)
        .containsExactly(false, true, false, true, false);
  }

  @Test
  void blanksAreDroppedAroundAFieldAndKeptInsideItsQuotes() throws IOException {
    List<MappedEvent> events =
        events("1,\" \",\" NL \",1,0\n 2 , a , \" \" , 0 , 1 \n\" 3 \", ,x,\" 0.5 \",\" true\"\n");

    assertThat(events)
        .extracting(MappedEvent::categories)
        .containsExactly(List.of(" ", " NL "), List.of("a", " "), Arrays.asList(null, "x"));
    assertThat(events).extracting(MappedEvent::time).containsExactly(1L, 2L, 3L);
    assertThat(events).extracting(event -> event.label().orElse(-1)).containsExactly(1.0, 0.0, 0.5);
    assertThat(events).extracting(MappedEvent::end).containsExactly(false, true, true);
  }

  @Test
  void anEndThatIsNeitherYesNorNoIsToldByItsPlace() {
    assertThatThrownBy(() -> events("1,a,NL,1,0\n2,a,NL,1,maybe\n"))
        .hasMessage("input rejected: file=a.csv, row=1, column=last, expected=1, 0, true, false or"
            + " nothing, actual=maybe.");
  }
}
