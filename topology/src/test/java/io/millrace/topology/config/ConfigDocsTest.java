package io.millrace.topology.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigDocsTest {
  private static final Path PAGE = Path.of("..", "docs", "config.md");

  @Test
  void thePageOfSettingsIsUpToDate() throws IOException {
    assertThat(PAGE)
        .as("docs/config.md is stale. Run: ./millrace config-docs > docs/config.md")
        .hasContent(ConfigDocs.markdown());
  }
}
