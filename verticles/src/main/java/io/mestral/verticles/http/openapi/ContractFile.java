package io.mestral.verticles.http.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A file of this package in YAML. */
final class ContractFile {
  /** The files are our own: their aliases save repetition and don't attack anybody. */
  private static final int ALIASES = 10_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private ContractFile() {}

  static ObjectNode read(String name) {
    try (InputStream file = ContractFile.class.getResourceAsStream(name)) {
      if (file == null) throw new IllegalStateException("there is no file " + name);
      LoaderOptions options = new LoaderOptions();
      options.setMaxAliasesForCollections(ALIASES);
      Object yaml = new Yaml(new SafeConstructor(options)).load(file);
      return JSON.valueToTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
