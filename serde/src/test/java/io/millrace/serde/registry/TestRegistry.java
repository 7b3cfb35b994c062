package io.millrace.serde.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/** A registry that other programs, too, speak to: what they ask of it goes by HTTP, and not through our client. */
public interface TestRegistry extends AutoCloseable {
  URI url();

  /** It is away, and keeps what it has. */
  void stop();

  /** It is back at the same address, and answers when this returns. */
  void start();

  @Override
  void close();

  /** As the program does that writes such records. */
  default int register(String subject, Schema schema) {
    return register(
        subject, JsonNodeFactory.instance.objectNode().put("schema", schema.toString()));
  }

  /** @param described schema, schemaType, references */
  default int register(String subject, ObjectNode described) {
    JsonNode answer = ask("POST", "/subjects/" + encoded(subject) + "/versions", described);
    if (!answer.path("id").isInt()) {
      throw new AssertionError("not registered: subject=" + subject + ", answer=" + answer);
    }
    return answer.path("id").intValue();
  }

  /** The id that a schema has under a subject; empty where it is not registered there. */
  default OptionalInt idOf(String subject, Schema schema) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
    JsonNode id = ask("POST", "/subjects/" + encoded(subject), body).path("id");
    return id.isInt() ? OptionalInt.of(id.intValue()) : OptionalInt.empty();
  }

  default JsonNode ask(String method, String path, JsonNode body) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body.toString()))
        .build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      return new ObjectMapper().readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8);
  }
}
