package io.mestral.smartapi.vocabulary;

import io.mestral.smartapi.rdf.Iri;

/**
 * The properties that the edge profile adds, as the vocabulary file bundled beside this class
 * defines them.
 */
public final class Sx {
  /** {@code sx:inReplyTo}: The message that this one answers or reports on. */
  public static final Iri IN_REPLY_TO = new Iri(Namespaces.SX + "inReplyTo");

  /** {@code sx:timeout}: How long the sender waits before it wants a Status instead. */
  public static final Iri TIMEOUT = new Iri(Namespaces.SX + "timeout");

  /** {@code sx:expires}: After this time the message must not be acted on. */
  public static final Iri EXPIRES = new Iri(Namespaces.SX + "expires");

  /** {@code sx:hopLimit}: Gateways the message may still pass. Outside every proof. */
  public static final Iri HOP_LIMIT = new Iri(Namespaces.SX + "hopLimit");

  /** {@code sx:via}: Gateway that has forwarded the message. Outside every proof. */
  public static final Iri VIA = new Iri(Namespaces.SX + "via");

  /** {@code sx:interval}: Time to the next regular message. */
  public static final Iri INTERVAL = new Iri(Namespaces.SX + "interval");

  /** {@code sx:sequence}: Number growing by one. */
  public static final Iri SEQUENCE = new Iri(Namespaces.SX + "sequence");

  /** {@code sx:geospatialContext}: Area that applies. */
  public static final Iri GEOSPATIAL_CONTEXT = new Iri(Namespaces.SX + "geospatialContext");

  /** {@code sx:altitudeRange}: Lowest and highest altitude (minimum, maximum). */
  public static final Iri ALTITUDE_RANGE = new Iri(Namespaces.SX + "altitudeRange");

  /** {@code sx:itemType}: Datatype of all items of a NudeList. */
  public static final Iri ITEM_TYPE = new Iri(Namespaces.SX + "itemType");

  /** {@code sx:tupleShape}: Space-separated column names of tuple items of a NudeList. */
  public static final Iri TUPLE_SHAPE = new Iri(Namespaces.SX + "tupleShape");

  /**
   * {@code sx:onProperty}: Property of the subject that the Condition tests, where it does not
   * stand at that property.
   */
  public static final Iri ON_PROPERTY = new Iri(Namespaces.SX + "onProperty");

  /** {@code sx:equal}: Value is equal. Operand: literal, IRI or ValueObject. */
  public static final Iri EQUAL = new Iri(Namespaces.SX + "equal");

  /** {@code sx:notEqual}: Value is different. Operand: literal, IRI or ValueObject. */
  public static final Iri NOT_EQUAL = new Iri(Namespaces.SX + "notEqual");

  /** {@code sx:less}: Value is smaller. Operand: literal, IRI or ValueObject. */
  public static final Iri LESS = new Iri(Namespaces.SX + "less");

  /** {@code sx:lessOrEqual}: Value is smaller or equal. Operand: literal, IRI or ValueObject. */
  public static final Iri LESS_OR_EQUAL = new Iri(Namespaces.SX + "lessOrEqual");

  /** {@code sx:greater}: Value is greater. Operand: literal, IRI or ValueObject. */
  public static final Iri GREATER = new Iri(Namespaces.SX + "greater");

  /** {@code sx:greaterOrEqual}: Value is greater or equal. Operand: literal, IRI or ValueObject. */
  public static final Iri GREATER_OR_EQUAL = new Iri(Namespaces.SX + "greaterOrEqual");

  /** {@code sx:present}: True: the property has a value. False: it has none. */
  public static final Iri PRESENT = new Iri(Namespaces.SX + "present");

  /** {@code sx:nonce}: Random text making the object unique. */
  public static final Iri NONCE = new Iri(Namespaces.SX + "nonce");

  /** {@code sx:party}: Party of the Contract. */
  public static final Iri PARTY = new Iri(Namespaces.SX + "party");

  /** {@code sx:item}: What the Contract governs. */
  public static final Iri ITEM = new Iri(Namespaces.SX + "item");

  /** {@code sx:offering}: Offering that led to it. */
  public static final Iri OFFERING = new Iri(Namespaces.SX + "offering");

  /** {@code sx:contract}: Contract or License under which it happens. */
  public static final Iri CONTRACT = new Iri(Namespaces.SX + "contract");

  /** {@code sx:licenseKey}: Key text handed to the licensee. */
  public static final Iri LICENSE_KEY = new Iri(Namespaces.SX + "licenseKey");

  /** {@code sx:accountHolder}: Whose Account it is. */
  public static final Iri ACCOUNT_HOLDER = new Iri(Namespaces.SX + "accountHolder");

  /** {@code sx:creditLimit}: How far the balance may fall below zero; zero when absent. */
  public static final Iri CREDIT_LIMIT = new Iri(Namespaces.SX + "creditLimit");

  /** {@code sx:minimumDeposit}: Balance to be kept. */
  public static final Iri MINIMUM_DEPOSIT = new Iri(Namespaces.SX + "minimumDeposit");

  /** {@code sx:balance}: Derived sum of all AccountTransactions; informative in a message. */
  public static final Iri BALANCE = new Iri(Namespaces.SX + "balance");

  /** {@code sx:account}: Account that changes. */
  public static final Iri ACCOUNT = new Iri(Namespaces.SX + "account");

  /** {@code sx:counterAccount}: The other Account. */
  public static final Iri COUNTER_ACCOUNT = new Iri(Namespaces.SX + "counterAccount");

  /** {@code sx:amount}: Signed change: positive is a credit, negative a debit. */
  public static final Iri AMOUNT = new Iri(Namespaces.SX + "amount");

  /** {@code sx:bookedAt}: Time of booking. */
  public static final Iri BOOKED_AT = new Iri(Namespaces.SX + "bookedAt");

  /** {@code sx:parentZone}: Zone that contains this Zone. */
  public static final Iri PARENT_ZONE = new Iri(Namespaces.SX + "parentZone");

  /** {@code sx:authorization}: Authorization needed or granted. */
  public static final Iri AUTHORIZATION = new Iri(Namespaces.SX + "authorization");

  /** {@code sx:grantee}: Who is granted access. */
  public static final Iri GRANTEE = new Iri(Namespaces.SX + "grantee");

  /** {@code sx:grantedBy}: Who grants access. */
  public static final Iri GRANTED_BY = new Iri(Namespaces.SX + "grantedBy");

  /**
   * {@code sx:resource}: Entity, Zone, Activity or property container to which access is granted.
   */
  public static final Iri RESOURCE = new Iri(Namespaces.SX + "resource");

  /** {@code sx:grantedMethod}: Method allowed; all methods when absent. */
  public static final Iri GRANTED_METHOD = new Iri(Namespaces.SX + "grantedMethod");

  /** {@code sx:revoked}: True once the grant is withdrawn. */
  public static final Iri REVOKED = new Iri(Namespaces.SX + "revoked");

  /**
   * {@code sx:required}: Whether an Input has to be given in a call, where an Activity is
   * described; true when absent. An Input that is described with a value may be left out, and then
   * has that value.
   */
  public static final Iri REQUIRED = new Iri(Namespaces.SX + "required");

  /**
   * {@code sx:jwe}: JWE in compact serialization, or JSON serialization, holding the object's
   * graph.
   */
  public static final Iri JWE = new Iri(Namespaces.SX + "jwe");

  /** {@code sx:certificate}: X.509 certificate in DER. */
  public static final Iri CERTIFICATE = new Iri(Namespaces.SX + "certificate");

  /** {@code sx:previousHash}: Digest of the entry before, multibase base64url of SHA-256. */
  public static final Iri PREVIOUS_HASH = new Iri(Namespaces.SX + "previousHash");

  /** {@code sx:entryHash}: Digest of this entry, multibase base64url of SHA-256. */
  public static final Iri ENTRY_HASH = new Iri(Namespaces.SX + "entryHash");

  /** {@code sx:messageHash}: Digest of the canonical message, multibase base64url of SHA-256. */
  public static final Iri MESSAGE_HASH = new Iri(Namespaces.SX + "messageHash");

  /**
   * {@code sx:busAddress}: Address on a local bus such as a serial port, unit number and register.
   */
  public static final Iri BUS_ADDRESS = new Iri(Namespaces.SX + "busAddress");

  /** {@code sx:provenanceReliability}: Estimated probability, 0 to 1, that the data is right. */
  public static final Iri PROVENANCE_RELIABILITY = new Iri(Namespaces.SX + "provenanceReliability");

  private Sx() {}
}
