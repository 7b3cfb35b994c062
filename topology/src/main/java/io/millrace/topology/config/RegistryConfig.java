package io.millrace.topology.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.ValidString.in;

import io.millrace.serde.registry.RegistrySettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the schema registry, by the names that its clients have. */
final class RegistryConfig {
  static final String URL = "schema.registry.url";
  static final String TIMEOUT = "schema.registry.timeout";
  static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
  static final String USER_INFO = "basic.auth.user.info";
  static final String AUTO_REGISTER = "auto.register.schemas";

  /** As Kafka's own clients have them. */
  static final String SSL_PREFIX = "schema.registry.ssl.";

  private final MillraceConfig config;
  private final List<String> errors = new ArrayList<>();

  private RegistryConfig(MillraceConfig config) {
    this.config = config;
  }

  static void define(ConfigDef def) {
    def.define(
        URL,
        Type.LIST,
        "",
        HIGH,
        "Schema registry with the Confluent REST API, http or https; several, comma-separated, are instances of one. Where it is "
            + "set, Avro events, Avro labels and the scores are in the Confluent wire format. schema.registry.ssl.* pass through: truststore, "
            + "keystore and the like, as Kafka names them.");
    def.define(
        TIMEOUT,
        Type.STRING,
        "30s",
        new Durations(),
        MEDIUM,
        "How long the registry is asked again when it does not answer. Then the application stops, where it goes on later; no event "
            + "is lost. Shorter than the transaction timeout of 60 s.");
    def.define(
        CREDENTIALS_SOURCE,
        Type.STRING,
        "URL",
        in("URL", "USER_INFO"),
        MEDIUM,
        "Where user and password for the registry stand: in schema.registry.url, or in basic.auth.user.info.");
    def.define(
        USER_INFO,
        Type.PASSWORD,
        "",
        MEDIUM,
        "user:password for the registry, where basic.auth.credentials.source is USER_INFO. Never printed.");
    def.define(
        AUTO_REGISTER,
        Type.BOOLEAN,
        true,
        LOW,
        "Whether the schema of the scores is registered under the topic's name and -value, or has to be there.");
  }

  static boolean isSet(MillraceConfig config) {
    return !config.getList(URL).isEmpty();
  }

  /** @throws ConfigErrors with everything that is wrong; never with a credential */
  static RegistrySettings of(MillraceConfig config) {
    return new RegistryConfig(config).settings();
  }

  private RegistrySettings settings() {
    List<URI> urls = new ArrayList<>();
    Optional<String> credentials = fromUserInfo();
    List<String> texts = config.getList(URL);
    for (int n = 0; n < texts.size(); n++) {
      Optional<URI> url = url(texts.get(n), n + 1);
      if (url.isPresent()) {
        credentials = credentials.or(() -> inUrl(url.get()));
        urls.add(withoutUser(url.get()));
      }
    }
    Optional<SSLContext> ssl = ssl();
    if (!errors.isEmpty()) {
      throw new ConfigErrors(errors);
    }
    return new RegistrySettings(
        urls, credentials, ssl, config.duration(TIMEOUT), config.getBoolean(AUTO_REGISTER));
  }

  private Optional<URI> url(String text, int number) {
    try {
      URI url = URI.create(text.replaceAll("/+$", ""));
      if (List.of("http", "https").contains(String.valueOf(url.getScheme()))
          && url.getHost() != null) {
        return Optional.of(url);
      }
    } catch (IllegalArgumentException e) {
      // Told below without the text, which may hold a password.
    }
    errors.add("setting=" + URL + ": number " + number + " is no http or https URL.");
    return Optional.empty();
  }

  private Optional<String> fromUserInfo() {
    String text = config.getPassword(USER_INFO).value();
    boolean named = config.getString(CREDENTIALS_SOURCE).equals("USER_INFO");
    if (named && !text.contains(":")) {
      errors.add("setting=" + USER_INFO + ": expected user:password, as " + CREDENTIALS_SOURCE
          + "=USER_INFO says.");
    }
    if (!named && !text.isEmpty()) {
      errors.add("setting=" + USER_INFO + ": has no meaning without " + CREDENTIALS_SOURCE
          + "=USER_INFO.");
    }
    return named ? Optional.of(text) : Optional.empty();
  }

  private static Optional<String> inUrl(URI url) {
    return Optional.ofNullable(url.getUserInfo());
  }

  private static URI withoutUser(URI url) {
    return url.getUserInfo() == null
        ? url
        : URI.create(url.toString().replace(url.getRawUserInfo() + "@", ""));
  }

  private Optional<SSLContext> ssl() {
    Map<String, Object> said = config.originalsWithPrefix(SSL_PREFIX);
    if (said.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          SecuritySettings.sslContext(config.originalsWithPrefix("schema.registry.")));
    } catch (ConfigException e) {
      errors.add("setting=" + SSL_PREFIX + "*: " + e.getMessage() + ".");
    } catch (KafkaException e) {
      errors.add("setting=" + SSL_PREFIX + "*: cannot be used, " + e.getMessage() + ".");
    }
    return Optional.empty();
  }
}
