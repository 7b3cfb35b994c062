package io.millrace.serde.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.serde.registry.RegistryHttp.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A registry with the Confluent REST API: Confluent's, Apicurio's ccompat, Karapace, Redpanda. A schema is asked for once, an id that is
 * not known once in {@link #UNKNOWN_FOR}. Safe for many threads.
 */
public final class SchemaRegistry {
  /** An id becomes known when its schema is registered, so "unknown" is not remembered for ever. */
  static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);

  private static final int UNKNOWN_AT_MOST = 10_000;
  private static final int SUBJECT_NOT_FOUND = 40401;
  private static final int SCHEMA_NOT_FOUND = 40403;

  private final RegistryHttp http;
  private final boolean autoRegister;
  private final LongSupplier nanoClock;
  private final Map<Integer, Schema> known = new ConcurrentHashMap<>();
  private final Map<Integer, Unknown> unknown = new ConcurrentHashMap<>();

  public SchemaRegistry(RegistrySettings settings) {
    this(settings, System::nanoTime);
  }

  SchemaRegistry(RegistrySettings settings, LongSupplier nanoClock) {
    this.http = new RegistryHttp(settings);
    this.autoRegister = settings.autoRegister();
    this.nanoClock = nanoClock;
  }

  private record Unknown(String actual, long until) {}

  /**
   * @return the same object every time
   * @throws UnknownIdException when the registry has no Avro schema of that id
   * @throws RegistryException when it cannot be asked
   */
  public Schema byId(int id) {
    Schema schema = known.get(id);
    if (schema != null) {
      return schema;
    }
    Unknown remembered = unknown.get(id);
    if (remembered != null && nanoClock.getAsLong() - remembered.until() < 0) {
      throw new UnknownIdException(id, remembered.actual());
    }
    return fetch(id);
  }

  private Schema fetch(int id) {
    Answer answer = http.get("/schemas/ids/" + id);
    if (!answer.isOk()) {
      if (answer.errorCode() == SCHEMA_NOT_FOUND || answer.errorCode() == SUBJECT_NOT_FOUND) {
        throw remember(id, "not registered");
      }
      throw refused("/schemas/ids/" + id, answer);
    }
    String type = answer.body().path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw remember(id, type);
    }
    try {
      Schema parsed = parse(answer.body(), new Schema.Parser());
      Schema before = known.putIfAbsent(id, parsed);
      return before == null ? parsed : before;
    } catch (AvroRuntimeException e) {
      throw remember(id, "no Avro schema");
    }
  }

  /** What it refers to has to be known to the parser before. */
  private Schema parse(JsonNode described, Schema.Parser parser) {
    for (JsonNode reference : described.path("references")) {
      String path = "/subjects/" + encoded(reference.path("subject").asText()) + "/versions/"
          + reference.path("version").asInt();
      Answer answer = http.get(path);
      if (!answer.isOk()) {
        throw refused(path, answer);
      }
      if (!parser.getTypes().containsKey(reference.path("name").asText())) {
        parse(answer.body(), parser);
      }
    }
    return parser.parse(described.path("schema").asText());
  }

  private UnknownIdException remember(int id, String actual) {
    if (unknown.size() >= UNKNOWN_AT_MOST) {
      unknown.clear();
    }
    unknown.put(id, new Unknown(actual, nanoClock.getAsLong() + UNKNOWN_FOR.toNanos()));
    return new UnknownIdException(id, actual);
  }

  /**
   * The id of a schema of ours; registers it where that is allowed.
   *
   * @throws RegistryException when the registry cannot be asked, does not have it, or finds it incompatible
   */
  public int idOf(String subject, Schema schema) {
    String path = "/subjects/" + encoded(subject) + (autoRegister ? "/versions" : "");
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
    Answer answer = http.post(path, body);
    if (answer.isOk() && answer.body().path("id").isInt()) {
      return answer.body().path("id").intValue();
    }
    if (!autoRegister && answer.status() == 404) {
      throw new RegistryException(
          "subject=" + subject + ", schema=" + schema.getFullName()
              + ", actual=not registered. Register it, or set auto.register.schemas=true.",
          null);
    }
    throw refused(path, answer);
  }

  private static RegistryException refused(String path, Answer answer) {
    return new RegistryException(
        "request=" + path + ", status=" + answer.status() + ", error_code=" + answer.errorCode()
            + ", message=" + answer.body().path("message").asText("none")
            + ". Check schema.registry.url and what the registry allows.",
        null);
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
