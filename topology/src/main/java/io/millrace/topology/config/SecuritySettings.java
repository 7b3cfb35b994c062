package io.millrace.topology.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SecurityConfig;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * How the cluster is spoken to, by Kafka's own names: {@code security.protocol}, {@code sasl.*}, {@code ssl.*}. Given bare, they hold for every
 * client; under {@code streams.}, {@code producer.}, {@code consumer.} or {@code admin.} they win there. What is wrong with them is told without
 * a value that may be secret.
 */
final class SecuritySettings {
  private static final ConfigDef KNOWN = new ConfigDef()
      .define(
          CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
          Type.STRING,
          CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL,
          CaseInsensitiveValidString.in(SecurityProtocol.names().toArray(String[]::new)),
          Importance.MEDIUM,
          CommonClientConfigs.SECURITY_PROTOCOL_DOC)
      .define(
          SecurityConfig.SECURITY_PROVIDERS_CONFIG,
          Type.STRING,
          null,
          Importance.LOW,
          SecurityConfig.SECURITY_PROVIDERS_DOC)
      .withClientSslSupport()
      .withClientSaslSupport();

  private static final Set<String> SAID_FOR_TLS = Set.of(
      "ssl.truststore.location",
      "ssl.truststore.certificates",
      "ssl.keystore.location",
      "ssl.keystore.key");

  private static final Pattern USER = Pattern.compile("\\busername\\s*=\\s*(\"[^\"]*\"|[^\\s;]+)");

  private SecuritySettings() {}

  /** Names that need no prefix. */
  static Set<String> names() {
    return KNOWN.names();
  }

  static boolean isOne(String name) {
    return name.startsWith("security.") || name.startsWith("sasl.") || name.startsWith("ssl.");
  }

  /** Those given for every client. */
  static Map<String, Object> common(MillraceConfig config) {
    Map<String, Object> said = new HashMap<>(config.originals());
    said.keySet().retainAll(KNOWN.names());
    return said;
  }

  /** The name that the cluster is given with a password; empty where there is none, as with certificates. */
  static Optional<String> user(MillraceConfig config) {
    Object jaas = config.consumerProperties().get(SaslConfigs.SASL_JAAS_CONFIG);
    Matcher user = USER.matcher(jaas == null ? "" : jaas.toString());
    return user.find() ? Optional.of(user.group(1).replace("\"", "")) : Optional.empty();
  }

  /** What is wrong for any client. Opens stores of keys, but no connection. */
  static Set<String> errors(MillraceConfig config) {
    Set<String> errors = new TreeSet<>();
    clients(config).forEach((prefix, settings) -> errors.addAll(errors(prefix, settings)));
    return errors;
  }

  /** What a client ends up with, by the prefix of its own settings; equal ones once. */
  private static Map<String, Map<String, Object>> clients(MillraceConfig config) {
    Map<Map<String, Object>, String> prefixes = new LinkedHashMap<>();
    for (String prefix : List.of("producer.", "consumer.", "admin.")) {
      Map<String, Object> settings = KafkaSettings.client(config, prefix);
      settings.keySet().removeIf(name -> !isOne(name));
      prefixes.putIfAbsent(settings, prefix);
    }
    Map<String, Map<String, Object>> clients = new LinkedHashMap<>();
    prefixes.forEach(
        (settings, prefix) -> clients.put(prefixes.size() == 1 ? "" : prefix, settings));
    return clients;
  }

  private static List<String> errors(String prefix, Map<String, Object> said) {
    List<String> errors = new ArrayList<>();
    Map<String, String> texts = new HashMap<>();
    said.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    for (ConfigValue value : KNOWN.validate(texts)) {
      value.errorMessages().stream()
          .limit(1)
          .forEach(message -> errors.add("setting=" + prefix + value.name() + ": " + message));
    }
    if (!errors.isEmpty()) {
      return errors;
    }
    Map<String, Object> settings = KNOWN.parse(said);
    SecurityProtocol protocol = SecurityProtocol.forName(settings
        .get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
        .toString()
        .toUpperCase(Locale.ROOT));
    boolean tls = protocol == SecurityProtocol.SSL || protocol == SecurityProtocol.SASL_SSL;
    boolean sasl =
        protocol == SecurityProtocol.SASL_SSL || protocol == SecurityProtocol.SASL_PLAINTEXT;
    if (tls) {
      sslError(said).ifPresent(error -> errors.add("setting=" + prefix + "ssl.*: " + error));
    } else {
      SAID_FOR_TLS.stream()
          .filter(said::containsKey)
          .sorted()
          .limit(1)
          .forEach(name -> errors.add(unused(prefix, protocol, name)));
    }
    if (sasl) {
      jaasError(prefix, settings).ifPresent(errors::add);
    } else if (said.containsKey(SaslConfigs.SASL_JAAS_CONFIG)) {
      errors.add(unused(prefix, protocol, SaslConfigs.SASL_JAAS_CONFIG));
    }
    return errors;
  }

  private static String unused(String prefix, SecurityProtocol protocol, String name) {
    return "setting=" + prefix + CommonClientConfigs.SECURITY_PROTOCOL_CONFIG + ": " + protocol
        + ", expected one that uses " + name + ", which is set.";
  }

  /** Kafka's own message may repeat a part of the password: that behind a character which ought to be quoted. */
  private static Optional<String> jaasError(String prefix, Map<String, Object> settings) {
    String setting = "setting=" + prefix + SaslConfigs.SASL_JAAS_CONFIG + ": ";
    Password jaas = (Password) settings.get(SaslConfigs.SASL_JAAS_CONFIG);
    try {
      JaasContext.loadClientContext(settings);
      return Optional.empty();
    } catch (IllegalArgumentException | KafkaException e) {
      return Optional.of(
          jaas == null
              ? setting + "missing, expected user and password, as "
                  + CommonClientConfigs.SECURITY_PROTOCOL_CONFIG + " says."
              : setting
                  + "cannot be read, expected MODULE required username=\"...\" password=\"...\"; with the quotes and the semicolon.");
    }
  }

  /** What keeps a client from speaking TLS, if anything does. */
  private static Optional<String> sslError(Map<String, Object> said) {
    try {
      sslContext(said);
      return Optional.empty();
    } catch (KafkaException e) {
      return Optional.of("cannot be used, " + reason(e) + ".");
    }
  }

  private static String reason(Throwable fault) {
    return fault.getCause() == null || fault.getCause().getMessage() == null
        ? fault.getMessage()
        : fault.getMessage() + ", " + fault.getCause().getMessage();
  }

  /**
   * @param said settings {@code ssl.*} by Kafka's names
   * @throws ConfigException when one is wrong
   * @throws KafkaException when a store cannot be opened
   */
  static SSLContext sslContext(Map<String, Object> said) {
    ConfigDef names = new ConfigDef().withClientSslSupport();
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(new AbstractConfig(names, said, false).values());
      return factory.sslContext();
    }
  }
}
