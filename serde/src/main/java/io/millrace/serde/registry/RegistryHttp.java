package io.millrace.serde.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to the registry. One that is not answered, or answered by a fault of the server's, is sent again to the next instance, with
 * pauses that double, until the time is up. Safe for many threads.
 */
final class RegistryHttp {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
  private static final String TYPE = "application/vnd.schemaregistry.v1+json";
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE_MS = 50;
  private static final long LONGEST_PAUSE_MS = 2_000;
  private static final int TOO_MANY_REQUESTS = 429;

  private final ObjectMapper json = new ObjectMapper();
  private final RegistrySettings settings;
  private final HttpClient client;

  RegistryHttp(RegistrySettings settings) {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT);
    settings.ssl().ifPresent(builder::sslContext);
    this.settings = settings;
    this.client = builder.build();
  }

  /** @param body missing where it was no JSON */
  record Answer(int status, JsonNode body) {
    boolean isOk() {
      return status / 100 == 2;
    }

    /** What a registry says beside the status: it tells its own "not found" from that of any other server. */
    int errorCode() {
      return body.path("error_code").asInt();
    }

    private boolean isFaultOfServer() {
      return status / 100 == 5 || status == TOO_MANY_REQUESTS;
    }
  }

  Answer get(String path) {
    return ask(path, null);
  }

  Answer post(String path, JsonNode body) {
    return ask(path, body.toString());
  }

  /** @throws RegistryException when nobody answers in time, or credentials are refused */
  private Answer ask(String path, String body) {
    long end = System.nanoTime() + settings.timeout().toNanos();
    long pause = FIRST_PAUSE_MS;
    for (int attempt = 0; ; attempt++) {
      URI url = settings.urls().get(attempt % settings.urls().size());
      String fault;
      IOException cause = null;
      try {
        Answer answer = send(url, path, body);
        if (!answer.isFaultOfServer()) {
          return accepted(url, path, answer);
        }
        fault = "status=" + answer.status();
      } catch (IOException e) {
        fault = "fault=" + e.getClass().getSimpleName();
        cause = e;
      }
      if (System.nanoTime() + Duration.ofMillis(pause).toNanos() >= end) {
        throw new RegistryException(
            "url=" + url + ", request=" + path + ", " + fault + ", attempts=" + (attempt + 1)
                + ". Check that it runs; the application goes on where it was when started again.",
            cause);
      }
      LOG.warn("schema registry asked again: url={}, request={}, {}", url, path, fault);
      sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }

  private static Answer accepted(URI url, String path, Answer answer) {
    if (answer.status() == 401 || answer.status() == 403) {
      throw new RegistryException(
          "url=" + url + ", request=" + path + ", status=" + answer.status()
              + ". Check basic.auth.user.info and basic.auth.credentials.source.",
          null);
    }
    return answer;
  }

  private Answer send(URI url, String path, String body) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
        .timeout(settings.timeout().compareTo(ANSWER_LIMIT) < 0 ? settings.timeout() : ANSWER_LIMIT)
        .header("Accept", TYPE + ", application/json");
    settings
        .credentials()
        .ifPresent(user -> request.header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))));
    if (body != null) {
      request.header("Content-Type", TYPE).POST(BodyPublishers.ofString(body));
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), parse(response.body()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private JsonNode parse(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static RegistryException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new RegistryException("interrupted while it was asked.", e);
  }
}
