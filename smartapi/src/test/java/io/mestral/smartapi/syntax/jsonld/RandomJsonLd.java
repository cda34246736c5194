package io.mestral.smartapi.syntax.jsonld;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes JSON-LD at random, most of it good, of the kinds of things that messages have. */
final class RandomJsonLd {
  private static final String[] NAMES = {
    "smartapi:generatedBy",
    "smartapi:generatedAt",
    "rdf:value",
    "ex:p",
    "ex:q",
    "ex:",
    "http://x.example/p",
    "undefined",
    "smartapi:list",
    "smartapi:timeStep",
    "sx:balance",
    "foo:bar",
    "smartapi",
    ":x",
    "bad name:x",
    "when",
    "knows",
    "rdf:type",
    "",
    "http://smart-api.io/ontology/1.0/smartapi#list",
    "http://a b/",
    "ex:a#b#c"
  };
  private static final String[] TEXTS = {
    "red",
    "smartapi:Read",
    "ex:Car",
    "relative",
    "",
    "_:b0",
    "_:b1",
    "_:b 2",
    "http://a b/",
    "http://x.example/é",
    "urn:uuid:1",
    "geo:1,2",
    "x:",
    "ex:a#b#c",
    "2026-03-01T08:00:00Z",
    "1",
    "a\\n\\\"\\\\ü😀",
    "smartapi",
    "knows",
    "//x",
    "http://[",
    "ex://y",
    "unit:%zz",
    "mailto:a@b"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-17",
    "21.5",
    "4000.0",
    "1e3",
    "1E+3",
    "1e20",
    "1e21",
    "1e22",
    "-1e21",
    "123456789012345678901234",
    "-123456789012345678901234",
    "0.1",
    "1.15E-7",
    "5e-324",
    "123456.78901234567",
    "0.12345678901234565",
    "0.12345678901234575",
    "9.9999999999999999",
    "1.7976931348623157E308",
    "-0.0",
    "9007199254740993",
    "9007199254740993.5",
    "1e-320",
    "2.50",
    "0.99999999999999999999"
  };
  private static final String[] TYPES = {
    "smartapi:Request", "ex:Car", "xsd:date", "Undefined", "knows", "_:b1", "http://x.example/T"
  };
  private static final String[] DATATYPES = {
    "xsd:date", "xsd:double", "xsd:float", "xsd:decimal", "xsd:string", "http://x.example/dt",
    "rdf:JSON", "xsd:integer", "when", "relative", "@foo", "ex:a b"
  };
  private static final String[] LITERALS = {
    "[1,2,3]",
    "{\"b\":1,\"a\":[true,null,\"x\"]}",
    "5",
    "\"text\"",
    "null",
    "[]",
    "[[1,2.5],[3,4.25]]"
  };
  private static final String[] CONTEXTS = {
    "\"" + TermContext.BUNDLED_IRI + "\"",
    "[\"" + TermContext.BUNDLED_IRI + "\", {\"ex\": \"https://example.org/vocab#\"}]",
    "[\""
        + TermContext.BUNDLED_IRI
        + "\", {\"ex\": \"https://example.org/vocab#\", \"xsd\":"
        + " \"http://www.w3.org/2001/XMLSchema#\", \"when\": {\"@id\": \"ex:when\", \"@type\":"
        + " \"xsd:dateTime\"}, \"knows\": {\"@id\": \"ex:knows\", \"@type\": \"@id\"}}]",
    "{\"when\": {\"@type\": \"xsd:dateTime\", \"@id\": \"ex:when\"}, \"ex\":"
        + " \"https://example.org/vocab#\", \"xsd\": \"http://www.w3.org/2001/XMLSchema#\", \"rdf\":"
        + " \"http://www.w3.org/1999/02/22-rdf-syntax-ns#\", \"knows\": \"ex:knows\"}",
    "[{\"ex\": \"https://example.org/vocab\", \"foo\": \"http://foo.example/\"}, {\"foo:bar\":"
        + " {\"@id\": \"foo:bar\", \"@type\": \"@id\"}}]",
    "{\"@version\": 1.1, \"ex\": \"https://example.org/vocab#\"}",
    "{}"
  };
  private static final String[] OTHER_CONTEXTS = {
    "{\"@vocab\": \"http://v.example/\", \"ex\": \"https://example.org/vocab#\"}",
    "{\"@base\": \"http://b.example/dir/\", \"ex\": \"https://example.org/vocab#\"}",
    "{\"@language\": \"de\", \"ex\": \"https://example.org/vocab#\"}",
    "{\"knows\": {\"@reverse\": \"http://x.example/knows\"}, \"when\":"
        + " {\"@id\":\"http://x.example/w\", \"@container\": \"@list\"}}",
    "{\"ex\": \"https://example.org/vocab#\", \"knows\": {\"@id\": \"ex:knows\", \"@context\":"
        + " {\"@vocab\": \"http://scoped.example/\"}}}",
    "[null, {\"ex\": null}]"
  };

  private final Random random;
  private final boolean odd;

  /** A maker; an odd one uses what only few documents have, and makes mistakes. */
  RandomJsonLd(Random random, boolean odd) {
    this.random = random;
    this.odd = odd;
  }

  String document() {
    Map<String, String> root = new LinkedHashMap<>();
    if (chance(9)) {
      root.put("@context", odd && chance(3) ? any(OTHER_CONTEXTS) : any(CONTEXTS));
    }
    if (chance(3)) {
      root.put("@graph", array(() -> node(2)));
      return object(root);
    }
    String node = node(3);
    if (!root.isEmpty()) {
      root.put("", node);
      String members = node.substring(1);
      return "{\"@context\": " + root.get("@context") + (members.equals("}") ? "" : ", ") + members;
    }
    return chance(5) ? "[" + node + ", " + node(2) + "]" : node;
  }

  private String node(int depth) {
    Map<String, String> members = new LinkedHashMap<>();
    if (chance(5)) {
      members.put("@id", text());
    }
    if (chance(6)) {
      String type = "\"" + any(TYPES) + "\"";
      members.put("@type", chance(3) ? "[" + type + ", \"" + any(TYPES) + "\"]" : type);
    }
    for (int more = random.nextInt(4); more > 0; more--) {
      members.put(any(NAMES), values(depth));
    }
    if (odd && chance(1)) {
      members.put("@index", chance(8) ? "\"i\"" : "1");
    }
    if (odd && chance(1)) {
      members.put("@reverse", "{\"ex:r\": " + node(0) + "}");
    }
    if (odd && chance(1)) {
      members.put("@included", node(0));
    }
    if (odd && chance(1)) {
      members.put("@value", text());
    }
    return object(members);
  }

  private String values(int depth) {
    return chance(3) ? array(() -> value(depth)) : value(depth);
  }

  private String value(int depth) {
    return switch (random.nextInt(odd ? 10 : 8)) {
      case 0, 1 -> text();
      case 2 -> any(NUMBERS);
      case 3 -> chance(7) ? Boolean.toString(random.nextBoolean()) : "null";
      case 4 -> depth > 0 ? node(depth - 1) : "{}";
      case 5 -> valueObject();
      case 6 -> "{\"@id\": " + text() + "}";
      case 7 -> depth > 0 ? "{\"@list\": " + array(() -> value(depth - 1)) + "}" : text();
      case 8 -> "{\"@set\": " + array(this::text) + "}";
      default -> array(this::text);
    };
  }

  private String valueObject() {
    Map<String, String> members = new LinkedHashMap<>();
    if (chance(2)) {
      members.put("@type", "\"@json\"");
      members.put("@value", any(LITERALS));
      return object(members);
    }
    members.put(
        "@value", chance(5) ? text() : chance(7) ? any(NUMBERS) : chance(5) ? "true" : "null");
    if (chance(6)) {
      String[] good = {"xsd:date", "xsd:double", "xsd:float", "xsd:decimal", "http://x.example/dt"};
      members.put("@type", "\"" + (odd ? any(DATATYPES) : any(good)) + "\"");
    } else if (chance(4)) {
      members.put("@language", odd ? "\"12\"" : chance(5) ? "\"en\"" : "\"de-AT\"");
    }
    return object(members);
  }

  /** Members in any order. */
  private String object(Map<String, String> members) {
    List<String> written = new ArrayList<>();
    members.forEach((name, value) -> written.add("\"" + name + "\": " + value));
    if (!members.containsKey("@context") || chance(2)) {
      Collections.shuffle(written, random);
    }
    return "{" + String.join(", ", written) + "}";
  }

  private String array(java.util.function.Supplier<String> item) {
    List<String> items = new ArrayList<>();
    for (int more = random.nextInt(4); more > 0; more--) {
      items.add(item.get());
    }
    return "[" + String.join(", ", items) + "]";
  }

  private String text() {
    return "\"" + any(TEXTS) + "\"";
  }

  private String any(String[] of) {
    return of[random.nextInt(of.length)];
  }

  private boolean chance(int ofTen) {
    return random.nextInt(10) < ofTen;
  }
}
