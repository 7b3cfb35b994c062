package io.millrace.serde.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where the registry is and how to speak to it.
 *
 * @param urls of its instances, without credentials; the next is asked where one does not answer
 * @param credentials {@code user:password}; never printed
 * @param ssl empty: the JVM's own
 * @param timeout how long all of them may fail to answer before the task stops
 * @param autoRegister whether schemas of ours are registered, or only looked up
 */
public record RegistrySettings(
    List<URI> urls,
    Optional<String> credentials,
    Optional<SSLContext> ssl,
    Duration timeout,
    boolean autoRegister) {
  public RegistrySettings {
    urls = List.copyOf(urls);
  }

  @Override
  public String toString() {
    return "RegistrySettings[urls=" + urls + ", timeout=" + timeout + ", autoRegister="
        + autoRegister + "]";
  }
}
