package io.mestral.smartapi.vocabulary;

import io.mestral.smartapi.rdf.Iri;

/** GoodRelations: offers and prices. */
public final class Gr {
  /** The namespace, {@code http://purl.org/goodrelations/v1#}. */
  public static final String NAMESPACE = "http://purl.org/goodrelations/v1#";

  /** {@code gr:offers}: an offer of something. */
  public static final Iri OFFERS = new Iri(NAMESPACE + "offers");

  /** {@code gr:Offering}: an offer. */
  public static final Iri OFFERING = new Iri(NAMESPACE + "Offering");

  /** {@code gr:name}: its name. */
  public static final Iri NAME = new Iri(NAMESPACE + "name");

  /** {@code gr:description}: its description. */
  public static final Iri DESCRIPTION = new Iri(NAMESPACE + "description");

  /**
   * {@code gr:hasBusinessFunction}: what would be done: sold, leased out, provided as a service.
   */
  public static final Iri HAS_BUSINESS_FUNCTION = new Iri(NAMESPACE + "hasBusinessFunction");

  /** {@code gr:includes}: what is offered. */
  public static final Iri INCLUDES = new Iri(NAMESPACE + "includes");

  /** {@code gr:SomeItems}: items of a kind. */
  public static final Iri SOME_ITEMS = new Iri(NAMESPACE + "SomeItems");

  /** {@code gr:hasPriceSpecification}: a price. */
  public static final Iri HAS_PRICE_SPECIFICATION = new Iri(NAMESPACE + "hasPriceSpecification");

  /** {@code gr:PriceSpecification}: a price. */
  public static final Iri PRICE_SPECIFICATION = new Iri(NAMESPACE + "PriceSpecification");

  /** {@code gr:UnitPriceSpecification}: a price for each unit. */
  public static final Iri UNIT_PRICE_SPECIFICATION = new Iri(NAMESPACE + "UnitPriceSpecification");

  /** {@code gr:priceType}: prices of different types add up. */
  public static final Iri PRICE_TYPE = new Iri(NAMESPACE + "priceType");

  /** {@code gr:hasCurrency}: ISO 4217 code. */
  public static final Iri HAS_CURRENCY = new Iri(NAMESPACE + "hasCurrency");

  /** {@code gr:hasCurrencyValue}: the amount. */
  public static final Iri HAS_CURRENCY_VALUE = new Iri(NAMESPACE + "hasCurrencyValue");

  /** {@code gr:validFrom}: from when on, included. */
  public static final Iri VALID_FROM = new Iri(NAMESPACE + "validFrom");

  /** {@code gr:validThrough}: until when, not included. */
  public static final Iri VALID_THROUGH = new Iri(NAMESPACE + "validThrough");

  /** {@code gr:valueAddedTaxIncluded}: whether the tax is in the amount. */
  public static final Iri VALUE_ADDED_TAX_INCLUDED = new Iri(NAMESPACE + "valueAddedTaxIncluded");

  /** {@code gr:ProvideService}: a business function. */
  public static final Iri PROVIDE_SERVICE = new Iri(NAMESPACE + "ProvideService");

  /** {@code gr:LeaseOut}: a business function. */
  public static final Iri LEASE_OUT = new Iri(NAMESPACE + "LeaseOut");

  /** {@code gr:Sell}: a business function. */
  public static final Iri SELL = new Iri(NAMESPACE + "Sell");

  /** {@code gr:Monday}: a weekday. */
  public static final Iri MONDAY = new Iri(NAMESPACE + "Monday");

  /** {@code gr:Tuesday}: a weekday. */
  public static final Iri TUESDAY = new Iri(NAMESPACE + "Tuesday");

  /** {@code gr:Wednesday}: a weekday. */
  public static final Iri WEDNESDAY = new Iri(NAMESPACE + "Wednesday");

  /** {@code gr:Thursday}: a weekday. */
  public static final Iri THURSDAY = new Iri(NAMESPACE + "Thursday");

  /** {@code gr:Friday}: a weekday. */
  public static final Iri FRIDAY = new Iri(NAMESPACE + "Friday");

  /** {@code gr:Saturday}: a weekday. */
  public static final Iri SATURDAY = new Iri(NAMESPACE + "Saturday");

  /** {@code gr:Sunday}: a weekday. */
  public static final Iri SUNDAY = new Iri(NAMESPACE + "Sunday");

  private Gr() {}
}
