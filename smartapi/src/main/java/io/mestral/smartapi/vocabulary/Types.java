package io.mestral.smartapi.vocabulary;

import io.mestral.smartapi.rdf.Iri;

/**
 * The classes of the Smart API and of its edge profile, as the vocabulary file bundled beside this
 * class defines them.
 */
public final class Types {
  /**
   * {@code smartapi:Object}: Root of the model (the seed's Obj): anything that can carry an
   * identifier, types, properties, provenance, offers and proofs.
   */
  public static final Iri OBJECT = new Iri(Namespaces.SMARTAPI + "Object");

  /**
   * {@code smartapi:Entity}: Something recognisable that is operated on: a device, a person, a
   * place, a service. Its properties hold the data.
   */
  public static final Iri ENTITY = new Iri(Namespaces.SMARTAPI + "Entity");

  /**
   * {@code smartapi:PhysicalEntity}: An Entity with a physical nature: it can have location, size,
   * weight, orientation, velocity and direction.
   */
  public static final Iri PHYSICAL_ENTITY = new Iri(Namespaces.SMARTAPI + "PhysicalEntity");

  /**
   * {@code smartapi:AbstractEntity}: An Entity without physical nature, such as a network service.
   */
  public static final Iri ABSTRACT_ENTITY = new Iri(Namespaces.SMARTAPI + "AbstractEntity");

  /**
   * {@code smartapi:Device}: A technical apparatus, for example a sensor, an actuator or a gateway
   * box.
   */
  public static final Iri DEVICE = new Iri(Namespaces.SMARTAPI + "Device");

  /**
   * {@code smartapi:Gateway}: A Device that manages other Entities and forwards messages to and
   * from them.
   */
  public static final Iri GATEWAY = new Iri(Namespaces.SMARTAPI + "Gateway");

  /** {@code smartapi:Person}: A natural person; names and contact data use vCard properties. */
  public static final Iri PERSON = new Iri(Namespaces.SMARTAPI + "Person");

  /**
   * {@code smartapi:Organization}: A company, authority or other group of persons acting as one
   * party.
   */
  public static final Iri ORGANIZATION = new Iri(Namespaces.SMARTAPI + "Organization");

  /** {@code smartapi:Service}: A network service that offers Activities. */
  public static final Iri SERVICE = new Iri(Namespaces.SMARTAPI + "Service");

  /** {@code smartapi:ServiceProvider}: The party that offers one or more Services. */
  public static final Iri SERVICE_PROVIDER = new Iri(Namespaces.SMARTAPI + "ServiceProvider");

  /**
   * {@code smartapi:SystemOfInterest}: A pointer Entity naming the system that an Evaluation,
   * capacity or offered item is about.
   */
  public static final Iri SYSTEM_OF_INTEREST = new Iri(Namespaces.SMARTAPI + "SystemOfInterest");

  /**
   * {@code smartapi:ValueObject}: Container of one measured, set or target value together with
   * quantity kind, unit, datatype, instant and limits.
   */
  public static final Iri VALUE_OBJECT = new Iri(Namespaces.SMARTAPI + "ValueObject");

  /**
   * {@code smartapi:Capacity}: A ValueObject that tells how much of something a system can hold or
   * do and how much of it is in use.
   */
  public static final Iri CAPACITY = new Iri(Namespaces.SMARTAPI + "Capacity");

  /**
   * {@code smartapi:Evaluation}: Carrier or description of processing rather than of a thing. In
   * the published SDK it inherits every ValueObject property.
   */
  public static final Iri EVALUATION = new Iri(Namespaces.SMARTAPI + "Evaluation");

  /**
   * {@code smartapi:Activity}: A unit of processing that can be called by its identifier; carries a
   * method, Entities or Inputs, contexts and interfaces. The seed classes it under Evaluations; the
   * published SDK derives it from Obj directly.
   */
  public static final Iri ACTIVITY = new Iri(Namespaces.SMARTAPI + "Activity");

  /**
   * {@code smartapi:Ability}: States which kinds of action an Entity can perform by itself, and
   * under which condition.
   */
  public static final Iri ABILITY = new Iri(Namespaces.SMARTAPI + "Ability");

  /** {@code smartapi:Controllability}: States what other parties may do to an Entity. */
  public static final Iri CONTROLLABILITY = new Iri(Namespaces.SMARTAPI + "Controllability");

  /**
   * {@code smartapi:Availability}: States when, where or for whom an Entity or Activity can be
   * reached.
   */
  public static final Iri AVAILABILITY = new Iri(Namespaces.SMARTAPI + "Availability");

  /** {@code smartapi:TemporalAvailability}: Availability limited by time. */
  public static final Iri TEMPORAL_AVAILABILITY =
      new Iri(Namespaces.SMARTAPI + "TemporalAvailability");

  /** {@code smartapi:PropertyBasedAvailability}: Availability limited by property values. */
  public static final Iri PROPERTY_BASED_AVAILABILITY =
      new Iri(Namespaces.SMARTAPI + "PropertyBasedAvailability");

  /**
   * {@code sx:Restriction}: The negation of an Availability: states when, where or for whom access
   * is refused.
   */
  public static final Iri RESTRICTION = new Iri(Namespaces.SX + "Restriction");

  /**
   * {@code smartapi:Provenance}: Origin and reliability of data: who produced it, when, how and
   * from which source.
   */
  public static final Iri PROVENANCE = new Iri(Namespaces.SMARTAPI + "Provenance");

  /**
   * {@code smartapi:GenerationMethod}: A way of producing data, such as observation, forecast or
   * calculation.
   */
  public static final Iri GENERATION_METHOD = new Iri(Namespaces.SMARTAPI + "GenerationMethod");

  /** {@code smartapi:Input}: Free-form argument of a functional call. */
  public static final Iri INPUT = new Iri(Namespaces.SMARTAPI + "Input");

  /** {@code smartapi:Output}: Free-form result of a functional call. */
  public static final Iri OUTPUT = new Iri(Namespaces.SMARTAPI + "Output");

  /** {@code smartapi:Message}: Common envelope class of all messages. */
  public static final Iri MESSAGE = new Iri(Namespaces.SMARTAPI + "Message");

  /**
   * {@code smartapi:Request}: A message that asks a service to do something and expects a Response.
   */
  public static final Iri REQUEST = new Iri(Namespaces.SMARTAPI + "Request");

  /** {@code smartapi:Response}: The answer to a Request. */
  public static final Iri RESPONSE = new Iri(Namespaces.SMARTAPI + "Response");

  /** {@code smartapi:Notification}: A one-way message that expects no answer. */
  public static final Iri NOTIFICATION = new Iri(Namespaces.SMARTAPI + "Notification");

  /**
   * {@code smartapi:AliveRequest}: Heartbeat probe: asks the receiver to prove that the connection
   * works.
   */
  public static final Iri ALIVE_REQUEST = new Iri(Namespaces.SMARTAPI + "AliveRequest");

  /** {@code smartapi:AliveResponse}: Answer to an AliveRequest. */
  public static final Iri ALIVE_RESPONSE = new Iri(Namespaces.SMARTAPI + "AliveResponse");

  /** {@code sx:Node}: A Gateway that keeps requests for others and knows where they are. */
  public static final Iri NODE = new Iri(Namespaces.SX + "Node");

  /** {@code sx:Heartbeat}: Heartbeat sent without being asked for, at a regular interval. */
  public static final Iri HEARTBEAT = new Iri(Namespaces.SX + "Heartbeat");

  /** {@code smartapi:Error}: Reason why an Activity was not performed. */
  public static final Iri ERROR = new Iri(Namespaces.SMARTAPI + "Error");

  /** {@code smartapi:ParseError}: The message could not be parsed. */
  public static final Iri PARSE_ERROR = new Iri(Namespaces.SMARTAPI + "ParseError");

  /** {@code smartapi:InvalidRequest}: The message is well formed but is not a valid request. */
  public static final Iri INVALID_REQUEST = new Iri(Namespaces.SMARTAPI + "InvalidRequest");

  /** {@code smartapi:InvalidParams}: The Entities or Inputs do not fit the Activity. */
  public static final Iri INVALID_PARAMS = new Iri(Namespaces.SMARTAPI + "InvalidParams");

  /** {@code smartapi:ServerError}: The receiver failed while processing. */
  public static final Iri SERVER_ERROR = new Iri(Namespaces.SMARTAPI + "ServerError");

  /** {@code sx:NotFoundError}: No Entity or Activity matches. */
  public static final Iri NOT_FOUND_ERROR = new Iri(Namespaces.SX + "NotFoundError");

  /** {@code sx:NotAuthorizedError}: The sender lacks the Authorization. */
  public static final Iri NOT_AUTHORIZED_ERROR = new Iri(Namespaces.SX + "NotAuthorizedError");

  /** {@code sx:PaymentRequiredError}: An Offering has to be accepted first. */
  public static final Iri PAYMENT_REQUIRED_ERROR = new Iri(Namespaces.SX + "PaymentRequiredError");

  /** {@code sx:SecurityError}: A proof, certificate or encryption is missing or wrong. */
  public static final Iri SECURITY_ERROR = new Iri(Namespaces.SX + "SecurityError");

  /**
   * {@code sx:ConflictError}: The Entity to create exists already, or the state forbids the change.
   */
  public static final Iri CONFLICT_ERROR = new Iri(Namespaces.SX + "ConflictError");

  /** {@code sx:UnitError}: A unit or quantity kind cannot be converted as asked. */
  public static final Iri UNIT_ERROR = new Iri(Namespaces.SX + "UnitError");

  /** {@code sx:UnreachableError}: No gateway or interface leads to the target. */
  public static final Iri UNREACHABLE_ERROR = new Iri(Namespaces.SX + "UnreachableError");

  /** {@code sx:TimeoutError}: The target did not answer in time. */
  public static final Iri TIMEOUT_ERROR = new Iri(Namespaces.SX + "TimeoutError");

  /**
   * {@code sx:LoopError}: The message came back to a gateway it had passed, or its hop limit was
   * used up.
   */
  public static final Iri LOOP_ERROR = new Iri(Namespaces.SX + "LoopError");

  /** {@code sx:TooLargeError}: The message or the result is over a size limit. */
  public static final Iri TOO_LARGE_ERROR = new Iri(Namespaces.SX + "TooLargeError");

  /**
   * {@code smartapi:Status}: Tells that processing is accepted but not finished, and how far it is.
   */
  public static final Iri STATUS = new Iri(Namespaces.SMARTAPI + "Status");

  /** {@code smartapi:Method}: What an Activity does with the Entities given to it. */
  public static final Iri METHOD = new Iri(Namespaces.SMARTAPI + "Method");

  /** {@code smartapi:TemporalContext}: A point in time or a time span. */
  public static final Iri TEMPORAL_CONTEXT = new Iri(Namespaces.SMARTAPI + "TemporalContext");

  /** {@code sx:GeospatialContext}: A geographical area to which an Activity is limited. */
  public static final Iri GEOSPATIAL_CONTEXT = new Iri(Namespaces.SX + "GeospatialContext");

  /**
   * {@code smartapi:Ring}: Area between a minimum and a maximum distance around a point; without a
   * minimum it is a disc.
   */
  public static final Iri RING = new Iri(Namespaces.SMARTAPI + "Ring");

  /** {@code smartapi:Polygon}: Area bounded by a closed line of points. */
  public static final Iri POLYGON = new Iri(Namespaces.SMARTAPI + "Polygon");

  /** {@code smartapi:Velocity}: Speed over ground and linear and angular velocity components. */
  public static final Iri VELOCITY = new Iri(Namespaces.SMARTAPI + "Velocity");

  /** {@code smartapi:Size}: Width, height and depth. */
  public static final Iri SIZE = new Iri(Namespaces.SMARTAPI + "Size");

  /** {@code smartapi:Orientation}: Pitch, yaw and roll. */
  public static final Iri ORIENTATION = new Iri(Namespaces.SMARTAPI + "Orientation");

  /** {@code smartapi:Direction}: Bearing, heading, course and tracking angle. */
  public static final Iri DIRECTION = new Iri(Namespaces.SMARTAPI + "Direction");

  /**
   * {@code smartapi:Route}: A list of Waypoints with length, duration, mean velocity and energy
   * use.
   */
  public static final Iri ROUTE = new Iri(Namespaces.SMARTAPI + "Route");

  /** {@code smartapi:Waypoint}: A place on a Route with the instant of passing. */
  public static final Iri WAYPOINT = new Iri(Namespaces.SMARTAPI + "Waypoint");

  /** {@code smartapi:Waypoints}: A container of Waypoints. */
  public static final Iri WAYPOINTS = new Iri(Namespaces.SMARTAPI + "Waypoints");

  /**
   * {@code smartapi:InterfaceAddress}: How to open a connection: scheme, host, port, path, topic,
   * content types, or the bus address of a local link.
   */
  public static final Iri INTERFACE_ADDRESS = new Iri(Namespaces.SMARTAPI + "InterfaceAddress");

  /**
   * {@code smartapi:TimeSeries}: A list of values over time with a common quantity kind and unit.
   */
  public static final Iri TIME_SERIES = new Iri(Namespaces.SMARTAPI + "TimeSeries");

  /**
   * {@code smartapi:Transaction}: Evidence that a message was sent: its signer and the digest,
   * signature and, with a notary, the wrapped session key of the message.
   */
  public static final Iri TRANSACTION = new Iri(Namespaces.SMARTAPI + "Transaction");

  /** {@code sx:LedgerEntry}: A Transaction placed in a hash-chained, append-only ledger. */
  public static final Iri LEDGER_ENTRY = new Iri(Namespaces.SX + "LedgerEntry");

  /**
   * {@code sx:Contract}: An agreement made earlier: parties, validity, price and the items it
   * governs.
   */
  public static final Iri CONTRACT = new Iri(Namespaces.SX + "Contract");

  /**
   * {@code sx:License}: A Contract about something licensable, carrying a licence key (API key).
   */
  public static final Iri LICENSE = new Iri(Namespaces.SX + "License");

  /**
   * {@code sx:Account}: Bookkeeping account with credit and deposit limits; its balance is the sum
   * of its AccountTransactions.
   */
  public static final Iri ACCOUNT = new Iri(Namespaces.SX + "Account");

  /** {@code sx:AccountTransaction}: One event that changes the balance of an Account. */
  public static final Iri ACCOUNT_TRANSACTION = new Iri(Namespaces.SX + "AccountTransaction");

  /**
   * {@code smartapi:Zone}: A group of Entities: a map area, an administrative group or a physical
   * confinement. Derived from Obj in the published SDK.
   */
  public static final Iri ZONE = new Iri(Namespaces.SMARTAPI + "Zone");

  /**
   * {@code sx:Authorization}: Permission to access a resource. Without a grantee it says that
   * permission is needed.
   */
  public static final Iri AUTHORIZATION = new Iri(Namespaces.SX + "Authorization");

  /**
   * {@code smartapi:Parameter}: Wrapper giving a property name that is not an IRI a valid place in
   * RDF.
   */
  public static final Iri PARAMETER = new Iri(Namespaces.SMARTAPI + "Parameter");

  /** {@code smartapi:Map}: A dictionary of key and value entries. */
  public static final Iri MAP = new Iri(Namespaces.SMARTAPI + "Map");

  /**
   * {@code smartapi:Condition}: A Boolean formula used where a fixed value would otherwise stand.
   */
  public static final Iri CONDITION = new Iri(Namespaces.SMARTAPI + "Condition");

  /**
   * {@code sx:Variant}: Programming type able to hold any value. Documentation only; never written
   * as a type on the wire.
   */
  public static final Iri VARIANT = new Iri(Namespaces.SX + "Variant");

  /**
   * {@code sx:List}: Common class of the four list encodings. Documentation only; a list is
   * recognised by its structure.
   */
  public static final Iri LIST = new Iri(Namespaces.SX + "List");

  /** {@code sx:LinkedList}: List encoded as a chain of rdf:first and rdf:rest. */
  public static final Iri LINKED_LIST = new Iri(Namespaces.SX + "LinkedList");

  /** {@code sx:OrderedList}: List encoded as indexed entries. */
  public static final Iri ORDERED_LIST = new Iri(Namespaces.SX + "OrderedList");

  /** {@code sx:ItemizedList}: Unordered list encoded as repeated values. */
  public static final Iri ITEMIZED_LIST = new Iri(Namespaces.SX + "ItemizedList");

  /** {@code sx:NudeList}: List of plain values encoded as one JSON literal. */
  public static final Iri NUDE_LIST = new Iri(Namespaces.SX + "NudeList");

  /**
   * {@code smartapi:Reference}: Stands in the message for an object whose content is carried
   * elsewhere.
   */
  public static final Iri REFERENCE = new Iri(Namespaces.SMARTAPI + "Reference");

  /**
   * {@code smartapi:MultipartReference}: A Reference whose content is a part of the same multipart
   * message, found by the object's IRI as Content-ID.
   */
  public static final Iri MULTIPART_REFERENCE = new Iri(Namespaces.SMARTAPI + "MultipartReference");

  /** {@code smartapi:EncryptedReference}: A Reference whose content is encrypted. */
  public static final Iri ENCRYPTED_REFERENCE = new Iri(Namespaces.SMARTAPI + "EncryptedReference");

  /** {@code smartapi:CryptographicKey}: Any cryptographic key. */
  public static final Iri CRYPTOGRAPHIC_KEY = new Iri(Namespaces.SMARTAPI + "CryptographicKey");

  /** {@code smartapi:PublicKey}: Content is encrypted for the recipient's public key. */
  public static final Iri PUBLIC_KEY = new Iri(Namespaces.SMARTAPI + "PublicKey");

  /** {@code smartapi:PrivateKey}: The private half of a key pair. Never written to a message. */
  public static final Iri PRIVATE_KEY = new Iri(Namespaces.SMARTAPI + "PrivateKey");

  /** {@code smartapi:SessionKey}: Content is encrypted with a symmetric key. */
  public static final Iri SESSION_KEY = new Iri(Namespaces.SMARTAPI + "SessionKey");

  /**
   * {@code smartapi:NotarizedSessionKey}: Content is encrypted with a symmetric key deposited with
   * a notary.
   */
  public static final Iri NOTARIZED_SESSION_KEY =
      new Iri(Namespaces.SMARTAPI + "NotarizedSessionKey");

  /** {@code smartapi:Acknowledgement}: Confirmation that something was received. */
  public static final Iri ACKNOWLEDGEMENT = new Iri(Namespaces.SMARTAPI + "Acknowledgement");

  /** {@code smartapi:Subscription}: A standing order for Notifications. */
  public static final Iri SUBSCRIPTION = new Iri(Namespaces.SMARTAPI + "Subscription");

  /** {@code smartapi:Category}: A class used to sort Evaluations. */
  public static final Iri CATEGORY = new Iri(Namespaces.SMARTAPI + "Category");

  private Types() {}
}
