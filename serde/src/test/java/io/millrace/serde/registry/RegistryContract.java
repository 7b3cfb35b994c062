package io.millrace.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.schemas.Event;
import io.millrace.serde.avro.MillraceEventMapper;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.RawEvent;
import io.millrace.serde.mapping.Source;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What our client asks of a registry, whoever made it. */
@Timeout(120)
public abstract class RegistryContract {
  private static final int NOBODYS_ID = 2_000_000;

  private final Schema reading = record("com.acme.Reading");

  protected abstract TestRegistry registry();

  protected static Schema record(String name) {
    return SchemaBuilder.record(name).fields().requiredDouble("a").endRecord();
  }

  protected final SchemaRegistry client(Duration timeout, boolean autoRegister) {
    return new SchemaRegistry(new RegistrySettings(
        List.of(registry().url()), Optional.empty(), Optional.empty(), timeout, autoRegister));
  }

  private SchemaRegistry client() {
    return client(Duration.ofSeconds(90), true);
  }

  @Test
  void whatSomebodyRegisteredIsFoundByItsId() {
    int id = registry().register("readings-value", reading);

    assertThat(client().byId(id)).isEqualTo(reading);
  }

  @Test
  void anIdThatNobodyRegisteredIsUnknown() {
    assertThatThrownBy(() -> client().byId(NOBODYS_ID))
        .isInstanceOf(UnknownIdException.class)
        .hasMessage("field=schema id, id=" + NOBODYS_ID
            + ", actual=not registered. Register the writer's schema before its events come.");
  }

  @Test
  void theIdOfWhatIsNoAvroSchemaIsUnknown() {
    int id = registry()
        .register(
            "messages-value",
            JsonNodeFactory.instance
                .objectNode()
                .put("schemaType", "PROTOBUF")
                .put("schema", "syntax = \"proto3\"; message M { string a = 1; }"));

    assertThatThrownBy(() -> client().byId(id))
        .isInstanceOf(UnknownIdException.class)
        .hasMessageContaining("actual=PROTOBUF");
  }

  @Test
  void referencesAreFollowed() {
    Schema motor =
        SchemaBuilder.record("com.acme.Motor").fields().requiredInt("rpm").endRecord();
    registry().register("com.acme.Motor", motor);
    var car = JsonNodeFactory.instance
        .objectNode()
        .put(
            "schema",
            "{\"type\": \"record\", \"name\": \"Car\", \"fields\": [{\"name\": \"motor\", \"type\": \"com.acme.Motor\"}]}");
    car.putArray("references")
        .addObject()
        .put("name", "com.acme.Motor")
        .put("subject", "com.acme.Motor")
        .put("version", 1);
    int id = registry().register("cars-value", car);

    assertThat(client().byId(id).getField("motor").schema()).isEqualTo(motor);
  }

  @Test
  void aSchemaOfOursIsRegisteredByItsFirstWriterAndHasThatIdEverAfter() {
    Schema schema = record("com.acme.FirstWritten");

    int id = client().idOf("first-value", schema);

    assertThat(registry().idOf("first-value", schema)).hasValue(id);
    assertThat(client().idOf("first-value", schema)).isEqualTo(id);
    assertThat(client(Duration.ofSeconds(30), false).idOf("first-value", schema))
        .isEqualTo(id);
  }

  @Test
  void aSchemaOfOursThatIsMissingIsNotRegisteredWhereThatIsNotAllowed() {
    Schema schema = record("com.acme.NeverWritten");

    assertThatThrownBy(() -> client(Duration.ofSeconds(30), false).idOf("never-value", schema))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "schema registry failed: subject=never-value, schema=com.acme.NeverWritten, actual=not registered. Register it, or"
                + " set auto.register.schemas=true.");
    assertThat(registry().idOf("never-value", schema)).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadAndBeginsWithItsSchemasId() {
    byte[] bytes = new ConfluentWriter<>(Event.class, client(), "events")
        .encode(
            new Event("e-1", Instant.ofEpochMilli(9), List.of(1.0, 2.0), List.of("c"), 0.5, true));
    MappedEvent event = MillraceEventMapper.of(new ConfluentFormat(Source.EVENT, client()))
        .map(new RawEvent(new byte[] {1}, bytes, 5, new RecordHeaders()));

    assertThat(bytes[0]).isZero();
    assertThat(registry().idOf("events-value", Event.getClassSchema()))
        .hasValue(ByteBuffer.wrap(bytes).getInt(1));
    assertThat(event.id()).contains("e-1");
    assertThat(event.time()).isEqualTo(9);
    assertThat(event.features()).containsExactly(1, 2);
    assertThat(event.categories()).containsExactly("c");
    assertThat(event.label()).hasValue(0.5);
    assertThat(event.end()).isTrue();
  }

  @Test
  void whileTheRegistryIsAwayWhatIsKnownIsReadAndTheRestWaitsForIt() {
    int known = registry().register("readings-value", reading);
    int unseen = registry().register("later-value", record("com.acme.Later"));
    SchemaRegistry client = client();
    Schema before = client.byId(known);

    registry().stop();
    assertThat(client.byId(known)).isSameAs(before);
    assertThatThrownBy(() -> client(Duration.ofMillis(200), true).byId(known))
        .isInstanceOf(RegistryException.class)
        .hasMessageStartingWith("schema registry failed: url=" + registry().url()
            + ", request=/schemas/ids/" + known + ", fault=ConnectException, attempts=");
    CompletableFuture<Schema> waiting = CompletableFuture.supplyAsync(() -> client.byId(unseen));
    registry().start();

    assertThat(waiting.join()).isEqualTo(record("com.acme.Later"));
    assertThat(client.byId(known)).isSameAs(before);
    assertThat(client().byId(known)).isEqualTo(reading);
  }
}
