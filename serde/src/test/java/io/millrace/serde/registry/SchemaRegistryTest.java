package io.millrace.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SchemaRegistryTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("com.acme.Reading").fields().requiredDouble("a").endRecord();

  private final FakeRegistry fake = new FakeRegistry();
  private final AtomicLong clock = new AtomicLong();

  @AfterEach
  void closeFake() {
    fake.close();
  }

  private SchemaRegistry registry(String credentials, URI... urls) {
    return new SchemaRegistry(
        new RegistrySettings(
            List.of(urls),
            Optional.ofNullable(credentials),
            Optional.empty(),
            Duration.ofSeconds(30),
            true),
        clock::get);
  }

  private SchemaRegistry registry() {
    return registry(null, fake.url());
  }

  @Test
  void aSchemaIsAskedForOnce() {
    int id = fake.add(SCHEMA);
    SchemaRegistry registry = registry();

    Schema first = registry.byId(id);

    assertThat(first).isEqualTo(SCHEMA);
    assertThat(registry.byId(id)).isSameAs(first);
    assertThat(fake.requests).containsExactly("GET /schemas/ids/" + id);
  }

  @Test
  void anUnknownIdIsAskedForAgainOnlyAfterAWhile() {
    SchemaRegistry registry = registry();

    assertThatThrownBy(() -> registry.byId(7))
        .isInstanceOf(UnknownIdException.class)
        .hasMessage(
            "field=schema id, id=7, actual=not registered. Register the writer's schema before its events come.");
    assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(UnknownIdException.class);
    assertThat(fake.requests).hasSize(1);

    fake.addId(7, SCHEMA.toString());
    clock.addAndGet(SchemaRegistry.UNKNOWN_FOR.toNanos());
    assertThat(registry.byId(7)).isEqualTo(SCHEMA);
  }

  @Test
  void whatIsNoAvroSchemaIsAnUnknownId() {
    fake.answerTo("GET /schemas/ids/1").put("schemaType", "PROTOBUF").put("schema", "message M {}");
    fake.addId(2, "garbage");
    SchemaRegistry registry = registry();

    assertThatThrownBy(() -> registry.byId(1)).hasMessageContaining("actual=PROTOBUF");
    assertThatThrownBy(() -> registry.byId(2)).hasMessageContaining("actual=no Avro schema");
  }

  @Test
  void referencesAreFollowed() {
    fake.answerTo("GET /subjects/motor%2Fx/versions/3")
        .put(
            "schema",
            SchemaBuilder.record("com.acme.Motor")
                .fields()
                .requiredInt("rpm")
                .endRecord()
                .toString());
    fake.answerTo("GET /schemas/ids/1")
        .put(
            "schema",
            "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"m\", \"type\": \"com.acme.Motor\"}]}")
        .putArray("references")
        .add(JsonNodeFactory.instance
            .objectNode()
            .put("name", "com.acme.Motor")
            .put("subject", "motor/x")
            .put("version", 3));

    assertThat(registry().byId(1).getField("m").schema().getField("rpm")).isNotNull();
  }

  @Test
  void aFaultOfTheServerIsAskedAgain() {
    int id = fake.add(SCHEMA);
    fake.faults.set(2);

    assertThat(registry().byId(id)).isEqualTo(SCHEMA);
    assertThat(fake.requests).hasSize(3);
  }

  @Test
  void anInstanceThatIsAwayIsPassedOver() {
    int id = fake.add(SCHEMA);
    URI away = awayUrl();

    assertThat(registry(null, away, fake.url()).byId(id)).isEqualTo(SCHEMA);
  }

  private static URI awayUrl() {
    try (FakeRegistry gone = new FakeRegistry()) {
      return gone.url();
    }
  }

  @Test
  void someOtherServersNotFoundIsNoUnknownId() {
    URI url = URI.create(fake.url() + FakeRegistry.NO_REGISTRY);

    assertThatThrownBy(() -> registry(null, url).byId(1))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "schema registry failed: request=/schemas/ids/1, status=404, error_code=0, message=none. Check"
                + " schema.registry.url and what the registry allows.");
  }

  @Test
  void credentialsAreSentAndNeverTold() {
    int id = fake.add(SCHEMA);
    fake.credentials = "me:secret";

    assertThat(registry("me:secret", fake.url()).byId(id)).isEqualTo(SCHEMA);
    RegistryException refused = catchThrowableOfType(
        RegistryException.class, () -> registry("me:guess", fake.url()).byId(id));
    assertThat(refused)
        .hasMessage("schema registry failed: url=" + fake.url() + ", request=/schemas/ids/" + id
            + ", status=401. Check basic.auth.user.info and basic.auth.credentials.source.");
    assertThat(new RegistrySettings(
                List.of(fake.url()),
                Optional.of("me:secret"),
                Optional.empty(),
                Duration.ofSeconds(1),
                true)
            .toString())
        .doesNotContain("secret");
  }
}
