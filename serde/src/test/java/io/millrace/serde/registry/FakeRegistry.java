package io.millrace.serde.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** As much of the Confluent REST API as a client of records needs, over real HTTP on loopback. */
public final class FakeRegistry implements TestRegistry {
  /** Below this path stands some other server, which finds nothing. */
  static final String NO_REGISTRY = "/no-registry";

  private final ObjectMapper json = new ObjectMapper();
  private final int port;
  private HttpServer server;
  private final Map<String, ObjectNode> answers = new ConcurrentHashMap<>();
  private final Map<String, Integer> registered = new ConcurrentHashMap<>();
  private final AtomicInteger lastId = new AtomicInteger(100);

  /** Method and path of everything that was asked, in order. */
  public final List<String> requests = new CopyOnWriteArrayList<>();

  /** Answers that will be 503. */
  public final AtomicInteger faults = new AtomicInteger();

  /** {@code user:password} that is asked for; empty: none. */
  public volatile String credentials = "";

  public FakeRegistry() {
    server = listening(0);
    port = server.getAddress().getPort();
  }

  private HttpServer listening(int at) {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
      made.createContext("/", this::answer);
      made.start();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void stop() {
    server.stop(0);
  }

  @Override
  public void start() {
    server = listening(port);
  }

  /** @return the id that it has from now on */
  public int add(Schema schema) {
    int id = lastId.incrementAndGet();
    addId(id, schema.toString());
    return id;
  }

  /** What it answers for this id, Avro or not. */
  public void addId(int id, String schema) {
    answers.put("GET /schemas/ids/" + id, object().put("schema", schema));
  }

  /** Answers no more for this id. */
  public void removeId(int id) {
    answers.remove("GET /schemas/ids/" + id);
  }

  ObjectNode answerTo(String request) {
    return answers.computeIfAbsent(request, path -> object());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request =
        exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    requests.add(request);
    if (faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      send(exchange, 503, object());
    } else if (request.contains(NO_REGISTRY)) {
      send(exchange, 404, object());
    } else if (!isAllowed(exchange)) {
      send(exchange, 401, object().put("error_code", 401).put("message", "Unauthorized"));
    } else if (exchange.getRequestMethod().equals("POST")) {
      register(exchange, request, (ObjectNode) json.readTree(body));
    } else if (answers.containsKey(request)) {
      send(exchange, 200, answers.get(request));
    } else {
      send(exchange, 404, object().put("error_code", 40403).put("message", "Schema not found"));
    }
  }

  private boolean isAllowed(HttpExchange exchange) {
    String expected =
        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return credentials.isEmpty()
        || expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private void register(HttpExchange exchange, String request, ObjectNode body) throws IOException {
    String subject = request.replace("POST /subjects/", "").replace("/versions", "");
    String schema = body.path("schema").asText();
    String key = subject + " " + schema;
    if (!request.endsWith("/versions") && !registered.containsKey(key)) {
      send(exchange, 404, object().put("error_code", 40401).put("message", "Subject not found"));
      return;
    }
    int id = registered.computeIfAbsent(key, unseen -> lastId.incrementAndGet());
    answers.put("GET /schemas/ids/" + id, body);
    answers.put("GET /subjects/" + subject + "/versions/1", body);
    send(exchange, 200, object().put("id", id));
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    stop();
  }
}
