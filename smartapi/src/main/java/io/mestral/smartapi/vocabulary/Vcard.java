package io.mestral.smartapi.vocabulary;

import io.mestral.smartapi.rdf.Iri;

/** vCard: people, addresses, media. */
public final class Vcard {
  /** The namespace, {@code http://www.w3.org/2006/vcard/ns#}. */
  public static final String NAMESPACE = "http://www.w3.org/2006/vcard/ns#";

  /** {@code vcard:hasAddress}: a postal address. */
  public static final Iri HAS_ADDRESS = new Iri(NAMESPACE + "hasAddress");

  /** {@code vcard:Address}: a postal address. */
  public static final Iri ADDRESS = new Iri(NAMESPACE + "Address");

  /** {@code vcard:country-name}: country. */
  public static final Iri COUNTRY_NAME = new Iri(NAMESPACE + "country-name");

  /** {@code vcard:locality}: town. */
  public static final Iri LOCALITY = new Iri(NAMESPACE + "locality");

  /** {@code vcard:postal-code}: postal code. */
  public static final Iri POSTAL_CODE = new Iri(NAMESPACE + "postal-code");

  /** {@code vcard:street-address}: street and number. */
  public static final Iri STREET_ADDRESS = new Iri(NAMESPACE + "street-address");

  /** {@code vcard:given-name}: first name. */
  public static final Iri GIVEN_NAME = new Iri(NAMESPACE + "given-name");

  /** {@code vcard:family-name}: last name. */
  public static final Iri FAMILY_NAME = new Iri(NAMESPACE + "family-name");

  /** {@code vcard:email}: address for mail. */
  public static final Iri EMAIL = new Iri(NAMESPACE + "email");

  /** {@code vcard:tel}: number for calls. */
  public static final Iri TEL = new Iri(NAMESPACE + "tel");

  /** {@code vcard:hasURL}: a page. */
  public static final Iri HAS_URL = new Iri(NAMESPACE + "hasURL");

  /** {@code vcard:hasLogo}: a logo. */
  public static final Iri HAS_LOGO = new Iri(NAMESPACE + "hasLogo");

  /** {@code vcard:hasPhoto}: a photo. */
  public static final Iri HAS_PHOTO = new Iri(NAMESPACE + "hasPhoto");

  /** {@code vcard:hasSound}: a sound. */
  public static final Iri HAS_SOUND = new Iri(NAMESPACE + "hasSound");

  /** {@code vcard:Individual}: a person. */
  public static final Iri INDIVIDUAL = new Iri(NAMESPACE + "Individual");

  /** {@code vcard:Organization}: an organization. */
  public static final Iri ORGANIZATION = new Iri(NAMESPACE + "Organization");

  private Vcard() {}
}
