package io.mestral.smartapi.model.entity;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Types;
import io.mestral.smartapi.vocabulary.Vcard;
import java.util.Optional;

/** {@code smartapi:Person}: a natural person. */
public final class Person extends PhysicalEntity {
  private Person(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Person at(Graph graph, Resource node) {
    return new Person(graph, node);
  }

  /**
   * First name.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> givenName() {
    return text(Vcard.GIVEN_NAME);
  }

  /**
   * Last name.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> familyName() {
    return text(Vcard.FAMILY_NAME);
  }

  /**
   * Address for mail.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> email() {
    return text(Vcard.EMAIL);
  }

  /**
   * Number for calls.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> telephone() {
    return text(Vcard.TEL);
  }

  /** Puts one together. */
  public static final class Builder extends PhysicalEntity.Base<Person, Builder> {
    /** Begins one without a name. */
    public Builder() {
      this(new Blank());
    }

    /**
     * Begins one with a name, or one more statement about a node.
     *
     * @param node its IRI or node
     */
    public Builder(Resource node) {
      super(node, Types.PERSON, Person::at);
    }

    /**
     * First name.
     *
     * @param one any text
     * @return this
     */
    public Builder givenName(String one) {
      return property(Vcard.GIVEN_NAME, Literal.of(one));
    }

    /**
     * Last name.
     *
     * @param one any text
     * @return this
     */
    public Builder familyName(String one) {
      return property(Vcard.FAMILY_NAME, Literal.of(one));
    }

    /**
     * Address for mail.
     *
     * @param one any text
     * @return this
     */
    public Builder email(String one) {
      return property(Vcard.EMAIL, Literal.of(one));
    }

    /**
     * Number for calls.
     *
     * @param one any text
     * @return this
     */
    public Builder telephone(String one) {
      return property(Vcard.TEL, Literal.of(one));
    }
  }
}
