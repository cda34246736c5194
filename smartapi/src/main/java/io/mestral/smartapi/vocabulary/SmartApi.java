package io.mestral.smartapi.vocabulary;

import io.mestral.smartapi.rdf.Iri;

/**
 * The properties of the Smart API 1.0, as the vocabulary file bundled beside this class defines
 * them.
 */
public final class SmartApi {
  /**
   * {@code smartapi:generatedBy}: Party or Activity that made this object; in a message, the
   * sender's identity IRI (written without a type).
   */
  public static final Iri GENERATED_BY = new Iri(Namespaces.SMARTAPI + "generatedBy");

  /** {@code smartapi:generatedAt}: Time at which this object or message was made. */
  public static final Iri GENERATED_AT = new Iri(Namespaces.SMARTAPI + "generatedAt");

  /** {@code smartapi:target}: What the object is addressed to. */
  public static final Iri TARGET = new Iri(Namespaces.SMARTAPI + "target");

  /** {@code smartapi:provenance}: Origin of the object's data. */
  public static final Iri PROVENANCE = new Iri(Namespaces.SMARTAPI + "provenance");

  /** {@code smartapi:parameter}: Attaches a property whose name is not an IRI. */
  public static final Iri PARAMETER = new Iri(Namespaces.SMARTAPI + "parameter");

  /**
   * {@code smartapi:id}: In a Message, its sequence number chosen by the sender; in a search
   * template, the identifier to be matched.
   */
  public static final Iri ID = new Iri(Namespaces.SMARTAPI + "id");

  /**
   * {@code smartapi:processID}: Number tying together the Response and later Notifications of one
   * long-running process.
   */
  public static final Iri PROCESS_ID = new Iri(Namespaces.SMARTAPI + "processID");

  /** {@code smartapi:activity}: The Activity that a message calls or answers for. */
  public static final Iri ACTIVITY = new Iri(Namespaces.SMARTAPI + "activity");

  /** {@code smartapi:method}: What is to be done. */
  public static final Iri METHOD = new Iri(Namespaces.SMARTAPI + "method");

  /** {@code smartapi:entity}: Entity or Entity template to process, or Entity returned. */
  public static final Iri ENTITY = new Iri(Namespaces.SMARTAPI + "entity");

  /** {@code smartapi:hasInput}: Argument given by value. */
  public static final Iri HAS_INPUT = new Iri(Namespaces.SMARTAPI + "hasInput");

  /**
   * {@code smartapi:hasRefInput}: Argument given by reference: the Input names where its data is.
   */
  public static final Iri HAS_REF_INPUT = new Iri(Namespaces.SMARTAPI + "hasRefInput");

  /** {@code smartapi:hasOutput}: Result of a functional call. */
  public static final Iri HAS_OUTPUT = new Iri(Namespaces.SMARTAPI + "hasOutput");

  /** {@code smartapi:outputValues}: Values the caller wants to get back. */
  public static final Iri OUTPUT_VALUES = new Iri(Namespaces.SMARTAPI + "outputValues");

  /** {@code smartapi:error}: Error report. */
  public static final Iri ERROR = new Iri(Namespaces.SMARTAPI + "error");

  /** {@code smartapi:errorMessage}: Text for people. */
  public static final Iri ERROR_MESSAGE = new Iri(Namespaces.SMARTAPI + "errorMessage");

  /** {@code smartapi:errorCode}: Number for programs. */
  public static final Iri ERROR_CODE = new Iri(Namespaces.SMARTAPI + "errorCode");

  /** {@code smartapi:status}: Progress report. */
  public static final Iri STATUS = new Iri(Namespaces.SMARTAPI + "status");

  /** {@code smartapi:percentage}: Share done or in use, 0 to 100. */
  public static final Iri PERCENTAGE = new Iri(Namespaces.SMARTAPI + "percentage");

  /** {@code smartapi:total}: Number of work items in all. */
  public static final Iri TOTAL = new Iri(Namespaces.SMARTAPI + "total");

  /** {@code smartapi:completed}: Number of work items done. */
  public static final Iri COMPLETED = new Iri(Namespaces.SMARTAPI + "completed");

  /** {@code smartapi:temporalContext}: Time or span that applies. */
  public static final Iri TEMPORAL_CONTEXT = new Iri(Namespaces.SMARTAPI + "temporalContext");

  /** {@code smartapi:start}: Begin of the span, included. */
  public static final Iri START = new Iri(Namespaces.SMARTAPI + "start");

  /** {@code smartapi:end}: End of the span. */
  public static final Iri END = new Iri(Namespaces.SMARTAPI + "end");

  /**
   * {@code smartapi:duration}: Length of time. On a Route its value is a ValueObject in the
   * published SDK.
   */
  public static final Iri DURATION = new Iri(Namespaces.SMARTAPI + "duration");

  /** {@code smartapi:during}: A named period, such as a weekday, month or season. */
  public static final Iri DURING = new Iri(Namespaces.SMARTAPI + "during");

  /**
   * {@code smartapi:valueObject}: Generic attachment of a ValueObject that is told apart by its
   * quantity kind or identifier.
   */
  public static final Iri VALUE_OBJECT = new Iri(Namespaces.SMARTAPI + "valueObject");

  /** {@code smartapi:dataType}: Datatype that the value has or shall have. */
  public static final Iri DATA_TYPE = new Iri(Namespaces.SMARTAPI + "dataType");

  /** {@code smartapi:maximum}: Highest value allowed or accepted. */
  public static final Iri MAXIMUM = new Iri(Namespaces.SMARTAPI + "maximum");

  /** {@code smartapi:minimum}: Lowest value allowed or accepted. */
  public static final Iri MINIMUM = new Iri(Namespaces.SMARTAPI + "minimum");

  /** {@code smartapi:instant}: Time at which the value was or shall be valid. */
  public static final Iri INSTANT = new Iri(Namespaces.SMARTAPI + "instant");

  /** {@code smartapi:timeSeries}: Attached series of values. */
  public static final Iri TIME_SERIES = new Iri(Namespaces.SMARTAPI + "timeSeries");

  /** {@code smartapi:timeStep}: Constant distance between neighbouring values. */
  public static final Iri TIME_STEP = new Iri(Namespaces.SMARTAPI + "timeStep");

  /** {@code smartapi:list}: Attaches a list. */
  public static final Iri LIST = new Iri(Namespaces.SMARTAPI + "list");

  /** {@code smartapi:baseObject}: Object whose properties every item of the list inherits. */
  public static final Iri BASE_OBJECT = new Iri(Namespaces.SMARTAPI + "baseObject");

  /** {@code smartapi:array}: ItemizedList: node holding the values. */
  public static final Iri ARRAY = new Iri(Namespaces.SMARTAPI + "array");

  /** {@code smartapi:indexedArray}: OrderedList: node holding the entries. */
  public static final Iri INDEXED_ARRAY = new Iri(Namespaces.SMARTAPI + "indexedArray");

  /** {@code smartapi:rawArray}: NudeList: node holding the JSON literal. */
  public static final Iri RAW_ARRAY = new Iri(Namespaces.SMARTAPI + "rawArray");

  /** {@code smartapi:entry}: One entry of an OrderedList or of a Map. */
  public static final Iri ENTRY = new Iri(Namespaces.SMARTAPI + "entry");

  /** {@code smartapi:index}: Zero-based position of an entry. */
  public static final Iri INDEX = new Iri(Namespaces.SMARTAPI + "index");

  /**
   * {@code smartapi:size}: Two uses in the published SDK: the Size of a PhysicalEntity, and (as an
   * integer) the item count of an OrderedList or ItemizedList. Untyped here on purpose.
   */
  public static final Iri SIZE = new Iri(Namespaces.SMARTAPI + "size");

  /** {@code smartapi:map}: Attaches a Map. */
  public static final Iri MAP = new Iri(Namespaces.SMARTAPI + "map");

  /** {@code smartapi:key}: Name of a Parameter, or key of a Map entry. */
  public static final Iri KEY = new Iri(Namespaces.SMARTAPI + "key");

  /** {@code smartapi:category}: Class of an Evaluation. */
  public static final Iri CATEGORY = new Iri(Namespaces.SMARTAPI + "category");

  /** {@code smartapi:systemOfInterest}: What the object is about. */
  public static final Iri SYSTEM_OF_INTEREST = new Iri(Namespaces.SMARTAPI + "systemOfInterest");

  /** {@code smartapi:realizedBy}: Entity that realises the system. */
  public static final Iri REALIZED_BY = new Iri(Namespaces.SMARTAPI + "realizedBy");

  /**
   * {@code smartapi:isManagedBy}: The Entity through which this one is reached and controlled (the
   * seed's managedBy).
   */
  public static final Iri IS_MANAGED_BY = new Iri(Namespaces.SMARTAPI + "isManagedBy");

  /** {@code smartapi:manages}: Inverse of isManagedBy. */
  public static final Iri MANAGES = new Iri(Namespaces.SMARTAPI + "manages");

  /**
   * {@code smartapi:interface}: Address at which the subject is served. On a ValueObject: the
   * interface that serves exactly this property.
   */
  public static final Iri INTERFACE = new Iri(Namespaces.SMARTAPI + "interface");

  /** {@code smartapi:scheme}: URI scheme or protocol name in lower case. */
  public static final Iri SCHEME = new Iri(Namespaces.SMARTAPI + "scheme");

  /** {@code smartapi:host}: Host name or IP address. */
  public static final Iri HOST = new Iri(Namespaces.SMARTAPI + "host");

  /** {@code smartapi:port}: Port number. */
  public static final Iri PORT = new Iri(Namespaces.SMARTAPI + "port");

  /** {@code smartapi:path}: Path on the host. */
  public static final Iri PATH = new Iri(Namespaces.SMARTAPI + "path");

  /** {@code smartapi:contentType}: Media type that the interface takes. */
  public static final Iri CONTENT_TYPE = new Iri(Namespaces.SMARTAPI + "contentType");

  /** {@code smartapi:topic}: Topic on a message broker. */
  public static final Iri TOPIC = new Iri(Namespaces.SMARTAPI + "topic");

  /** {@code smartapi:hasCapability}: Activity that the Entity offers. */
  public static final Iri HAS_CAPABILITY = new Iri(Namespaces.SMARTAPI + "hasCapability");

  /**
   * {@code smartapi:hasEvaluation}: Links a Controllability (or other Evaluation) to the Entity.
   */
  public static final Iri HAS_EVALUATION = new Iri(Namespaces.SMARTAPI + "hasEvaluation");

  /** {@code smartapi:hasAvailability}: When the subject can be used. */
  public static final Iri HAS_AVAILABILITY = new Iri(Namespaces.SMARTAPI + "hasAvailability");

  /** {@code smartapi:hasDataAvailability}: For which times or areas data exists. */
  public static final Iri HAS_DATA_AVAILABILITY =
      new Iri(Namespaces.SMARTAPI + "hasDataAvailability");

  /** {@code smartapi:restriction}: Links a Restriction. */
  public static final Iri RESTRICTION = new Iri(Namespaces.SMARTAPI + "restriction");

  /** {@code smartapi:hasCondition}: Condition under which the subject holds. */
  public static final Iri HAS_CONDITION = new Iri(Namespaces.SMARTAPI + "hasCondition");

  /** {@code smartapi:isControlledBy}: Who controls the Ability. */
  public static final Iri IS_CONTROLLED_BY = new Iri(Namespaces.SMARTAPI + "isControlledBy");

  /** {@code smartapi:capacity}: Capacity of the Entity. */
  public static final Iri CAPACITY = new Iri(Namespaces.SMARTAPI + "capacity");

  /** {@code smartapi:owner}: Owner. */
  public static final Iri OWNER = new Iri(Namespaces.SMARTAPI + "owner");

  /** {@code smartapi:offersService}: Service offered. */
  public static final Iri OFFERS_SERVICE = new Iri(Namespaces.SMARTAPI + "offersService");

  /** {@code smartapi:zone}: Zone to which the Entity belongs. */
  public static final Iri ZONE = new Iri(Namespaces.SMARTAPI + "zone");

  /** {@code smartapi:zoneNumber}: Number of the zone. */
  public static final Iri ZONE_NUMBER = new Iri(Namespaces.SMARTAPI + "zoneNumber");

  /** {@code smartapi:generationMethod}: How the data came about. */
  public static final Iri GENERATION_METHOD = new Iri(Namespaces.SMARTAPI + "generationMethod");

  /** {@code smartapi:dataSource}: Where the data came from. */
  public static final Iri DATA_SOURCE = new Iri(Namespaces.SMARTAPI + "dataSource");

  /** {@code smartapi:property}: Property of the subject that the Provenance speaks of. */
  public static final Iri PROPERTY = new Iri(Namespaces.SMARTAPI + "property");

  /** {@code smartapi:freshness}: Search template only: greatest age of the registration. */
  public static final Iri FRESHNESS = new Iri(Namespaces.SMARTAPI + "freshness");

  /** {@code smartapi:width}: Width. */
  public static final Iri WIDTH = new Iri(Namespaces.SMARTAPI + "width");

  /** {@code smartapi:height}: Height. */
  public static final Iri HEIGHT = new Iri(Namespaces.SMARTAPI + "height");

  /** {@code smartapi:depth}: Depth. */
  public static final Iri DEPTH = new Iri(Namespaces.SMARTAPI + "depth");

  /** {@code smartapi:pitch}: Rotation about the side axis. */
  public static final Iri PITCH = new Iri(Namespaces.SMARTAPI + "pitch");

  /** {@code smartapi:yaw}: Rotation about the vertical axis. */
  public static final Iri YAW = new Iri(Namespaces.SMARTAPI + "yaw");

  /** {@code smartapi:roll}: Rotation about the front axis. */
  public static final Iri ROLL = new Iri(Namespaces.SMARTAPI + "roll");

  /** {@code smartapi:bearing}: Angle to a target. */
  public static final Iri BEARING = new Iri(Namespaces.SMARTAPI + "bearing");

  /** {@code smartapi:heading}: Angle in which the front points. */
  public static final Iri HEADING = new Iri(Namespaces.SMARTAPI + "heading");

  /** {@code smartapi:course}: Intended angle of travel. */
  public static final Iri COURSE = new Iri(Namespaces.SMARTAPI + "course");

  /** {@code smartapi:tracking}: Actual angle of travel. */
  public static final Iri TRACKING = new Iri(Namespaces.SMARTAPI + "tracking");

  /** {@code smartapi:linearVelocityX}: Linear velocity along axis X. */
  public static final Iri LINEAR_VELOCITY_X = new Iri(Namespaces.SMARTAPI + "linearVelocityX");

  /** {@code smartapi:angularVelocityX}: Angular velocity about axis X. */
  public static final Iri ANGULAR_VELOCITY_X = new Iri(Namespaces.SMARTAPI + "angularVelocityX");

  /** {@code smartapi:linearVelocityY}: Linear velocity along axis Y. */
  public static final Iri LINEAR_VELOCITY_Y = new Iri(Namespaces.SMARTAPI + "linearVelocityY");

  /** {@code smartapi:angularVelocityY}: Angular velocity about axis Y. */
  public static final Iri ANGULAR_VELOCITY_Y = new Iri(Namespaces.SMARTAPI + "angularVelocityY");

  /** {@code smartapi:linearVelocityZ}: Linear velocity along axis Z. */
  public static final Iri LINEAR_VELOCITY_Z = new Iri(Namespaces.SMARTAPI + "linearVelocityZ");

  /** {@code smartapi:angularVelocityZ}: Angular velocity about axis Z. */
  public static final Iri ANGULAR_VELOCITY_Z = new Iri(Namespaces.SMARTAPI + "angularVelocityZ");

  /** {@code smartapi:groundSpeed}: Speed over ground. */
  public static final Iri GROUND_SPEED = new Iri(Namespaces.SMARTAPI + "groundSpeed");

  /** {@code smartapi:velocity}: Velocity of the thing. */
  public static final Iri VELOCITY = new Iri(Namespaces.SMARTAPI + "velocity");

  /** {@code smartapi:orientation}: Orientation of the thing. */
  public static final Iri ORIENTATION = new Iri(Namespaces.SMARTAPI + "orientation");

  /** {@code smartapi:direction}: Direction of the thing. */
  public static final Iri DIRECTION = new Iri(Namespaces.SMARTAPI + "direction");

  /** {@code smartapi:weight}: Weight of the thing. */
  public static final Iri WEIGHT = new Iri(Namespaces.SMARTAPI + "weight");

  /** {@code smartapi:route}: Route of the thing or of a Waypoint. */
  public static final Iri ROUTE = new Iri(Namespaces.SMARTAPI + "route");

  /** {@code smartapi:length}: Length of the Route. */
  public static final Iri LENGTH = new Iri(Namespaces.SMARTAPI + "length");

  /** {@code smartapi:averageVelocity}: Mean velocity on the Route. */
  public static final Iri AVERAGE_VELOCITY = new Iri(Namespaces.SMARTAPI + "averageVelocity");

  /** {@code smartapi:energyConsumption}: Energy used on the Route. */
  public static final Iri ENERGY_CONSUMPTION = new Iri(Namespaces.SMARTAPI + "energyConsumption");

  /** {@code smartapi:ring}: Circular or ring-shaped area. */
  public static final Iri RING = new Iri(Namespaces.SMARTAPI + "ring");

  /** {@code smartapi:polygon}: Area bounded by a polygon. */
  public static final Iri POLYGON = new Iri(Namespaces.SMARTAPI + "polygon");

  /** {@code smartapi:minRadius}: Inner radius. */
  public static final Iri MIN_RADIUS = new Iri(Namespaces.SMARTAPI + "minRadius");

  /** {@code smartapi:maxRadius}: Outer radius. */
  public static final Iri MAX_RADIUS = new Iri(Namespaces.SMARTAPI + "maxRadius");

  /** {@code smartapi:and}: All operands must hold. */
  public static final Iri AND = new Iri(Namespaces.SMARTAPI + "and");

  /** {@code smartapi:or}: At least one operand must hold. */
  public static final Iri OR = new Iri(Namespaces.SMARTAPI + "or");

  /** {@code smartapi:xor}: Exactly one operand must hold. */
  public static final Iri XOR = new Iri(Namespaces.SMARTAPI + "xor");

  /**
   * {@code smartapi:not}: The operand must not hold. In the published property list but not used by
   * the SDK's Condition class.
   */
  public static final Iri NOT = new Iri(Namespaces.SMARTAPI + "not");

  /** {@code smartapi:regex}: The lexical value must contain a match of this regular expression. */
  public static final Iri REGEX = new Iri(Namespaces.SMARTAPI + "regex");

  /** {@code smartapi:vatPercentage}: Rate of value added tax in per cent. */
  public static final Iri VAT_PERCENTAGE = new Iri(Namespaces.SMARTAPI + "vatPercentage");

  /** {@code smartapi:signer}: Who signed. */
  public static final Iri SIGNER = new Iri(Namespaces.SMARTAPI + "signer");

  /** {@code smartapi:message}: Stub of the message: id, hashCode, signature, sessionKey. */
  public static final Iri MESSAGE = new Iri(Namespaces.SMARTAPI + "message");

  /** {@code smartapi:transaction}: Links a Transaction. */
  public static final Iri TRANSACTION = new Iri(Namespaces.SMARTAPI + "transaction");

  /**
   * {@code smartapi:signature}: Legacy profile: Base64 of an RSA PKCS#1 v1.5 signature with
   * SHA-512.
   */
  public static final Iri SIGNATURE = new Iri(Namespaces.SMARTAPI + "signature");

  /**
   * {@code smartapi:hashCode}: Base64 of a digest of the referenced content; SHA-512 in the legacy
   * profile.
   */
  public static final Iri HASH_CODE = new Iri(Namespaces.SMARTAPI + "hashCode");

  /** {@code smartapi:sessionKey}: Base64 of a session key. */
  public static final Iri SESSION_KEY = new Iri(Namespaces.SMARTAPI + "sessionKey");

  /** {@code smartapi:encryptionKeyType}: Which key class was used to encrypt. */
  public static final Iri ENCRYPTION_KEY_TYPE = new Iri(Namespaces.SMARTAPI + "encryptionKeyType");

  /** {@code smartapi:notary}: Address of the notary service that holds key or evidence. */
  public static final Iri NOTARY = new Iri(Namespaces.SMARTAPI + "notary");

  /** {@code smartapi:publicKey}: A public key in PEM. */
  public static final Iri PUBLIC_KEY = new Iri(Namespaces.SMARTAPI + "publicKey");

  /** {@code smartapi:publicKeyServer}: Address of a key server. */
  public static final Iri PUBLIC_KEY_SERVER = new Iri(Namespaces.SMARTAPI + "publicKeyServer");

  private SmartApi() {}
}
