package io.mestral.smartapi.security.encryption;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWECryptoParts;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.impl.AAD;
import com.nimbusds.jose.crypto.impl.ContentCryptoProvider;
import com.nimbusds.jose.jca.JWEJCAContext;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.key.CryptoEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * JSON Web Encryption with the algorithms of the profile (Smart API, section 7.5): compact for one
 * recipient, general JSON for several.
 */
final class Jwe {
  static final String CONTENT_TYPE = "application/n-quads";
  static final JOSEObjectType TYPE = new JOSEObjectType("smartapi+jwe");
  private static final int LONGEST_UNZIPPED = 1024;
  private static final int IV_LENGTH = 12;
  private static final int TAG_LENGTH = 16;
  private static final EncryptionMethod METHOD = EncryptionMethod.A256GCM;

  private final CryptoEngine engine;

  Jwe(CryptoEngine engine) {
    this.engine = engine;
  }

  String encrypt(byte[] plain, Iri sender, List<Recipient> recipients) {
    try {
      return recipients.size() == 1
          ? compact(plain, sender, recipients.get(0))
          : general(plain, sender, recipients);
    } catch (JOSEException e) {
      throw new IllegalStateException("no JWE could be made for " + recipients, e);
    }
  }

  private String compact(byte[] plain, Iri sender, Recipient recipient) throws JOSEException {
    JWEHeader.Builder header =
        new JWEHeader.Builder(algorithm(recipient), METHOD)
            .type(TYPE)
            .contentType(CONTENT_TYPE)
            .keyID(recipient.key().value())
            .agreementPartyUInfo(Base64URL.encode(sender.value()))
            .agreementPartyVInfo(Base64URL.encode(recipient.identity().value()));
    if (plain.length > LONGEST_UNZIPPED) {
      header.compressionAlgorithm(CompressionAlgorithm.DEF);
    }
    JWECryptoParts parts = encrypt(header.build(), recipient, plain, null);
    return String.join(
        ".",
        parts.getHeader().toBase64URL().toString(),
        parts.getEncryptedKey().toString(),
        parts.getInitializationVector().toString(),
        parts.getCipherText().toString(),
        parts.getAuthenticationTag().toString());
  }

  private String general(byte[] plain, Iri sender, List<Recipient> recipients)
      throws JOSEException {
    JWEJCAContext context = new JWEJCAContext();
    SecretKey contentKey = ContentCryptoProvider.generateCEK(METHOD, context.getSecureRandom());
    Base64URL apu = Base64URL.encode(sender.value());
    JWEHeader.Builder common =
        new JWEHeader.Builder(METHOD).type(TYPE).contentType(CONTENT_TYPE).agreementPartyUInfo(apu);
    if (plain.length > LONGEST_UNZIPPED) {
      common.compressionAlgorithm(CompressionAlgorithm.DEF);
    }
    JWEHeader protectedHeader = common.build();
    List<Object> keys = new ArrayList<>();
    for (Recipient recipient : recipients) {
      keys.add(wrapped(contentKey, apu, recipient));
    }
    JWECryptoParts content =
        ContentCryptoProvider.encrypt(
            protectedHeader,
            plain,
            AAD.compute(protectedHeader),
            contentKey,
            new Base64URL(""),
            context);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("protected", protectedHeader.toBase64URL().toString());
    json.put("recipients", keys);
    json.put("iv", content.getInitializationVector().toString());
    json.put("ciphertext", content.getCipherText().toString());
    json.put("tag", content.getAuthenticationTag().toString());
    return JSONObjectUtils.toJSONString(json);
  }

  /** The content key for one of several recipients; the text that goes with it is empty. */
  private Map<String, Object> wrapped(SecretKey contentKey, Base64URL apu, Recipient recipient)
      throws JOSEException {
    JWEHeader header =
        new JWEHeader.Builder(algorithm(recipient), METHOD)
            .keyID(recipient.key().value())
            .agreementPartyUInfo(apu)
            .agreementPartyVInfo(Base64URL.encode(recipient.identity().value()))
            .build();
    JWECryptoParts parts = encrypt(header, recipient, new byte[0], contentKey);
    Map<String, Object> own = new LinkedHashMap<>(parts.getHeader().toJSONObject());
    own.remove("enc"); // these are protected
    own.remove("apu");
    return Map.of("header", own, "encrypted_key", parts.getEncryptedKey().toString());
  }

  private static JWEAlgorithm algorithm(Recipient recipient) {
    return recipient instanceof Recipient.Rsa
        ? JWEAlgorithm.RSA_OAEP_256
        : JWEAlgorithm.ECDH_ES_A256KW;
  }

  private JWECryptoParts encrypt(
      JWEHeader header, Recipient recipient, byte[] plain, SecretKey contentKey)
      throws JOSEException {
    if (recipient instanceof Recipient.Agreement agreement) {
      return new KeyAgreement(engine, contentKey).encrypt(header, agreement.publicKey(), plain);
    }
    RSAEncrypter encrypter = new RSAEncrypter(((Recipient.Rsa) recipient).publicKey(), contentKey);
    return encrypter.encrypt(header, plain, AAD.compute(header));
  }

  /** Decrypts what isn't refused, with the recipient's key; compressed text stays so. */
  byte[] decrypt(JweParts parts, DecryptionKey key) throws JOSEException {
    JWEHeader header = parts.headerWithoutZip();
    boolean agreed = !header.getAlgorithm().equals(JWEAlgorithm.RSA_OAEP_256);
    if (agreed && key instanceof DecryptionKey.Agreement agreement) {
      return new KeyAgreement(engine, null).decrypt(parts, header, agreement.key());
    }
    if (!agreed && key instanceof DecryptionKey.Rsa rsa) {
      return new RSADecrypter(rsa.key())
          .decrypt(
              header,
              parts.encryptedKey(),
              parts.iv(),
              parts.cipherText(),
              parts.tag(),
              parts.associatedData());
    }
    throw new JOSEException("its alg " + header.getAlgorithm() + " isn't for a key of that kind");
  }

  /** Why a JWE isn't even tried. */
  static Optional<String> refusal(JweParts parts) {
    JWEHeader header = parts.header();
    JWEAlgorithm algorithm = header.getAlgorithm();
    boolean direct = JWEAlgorithm.ECDH_ES.equals(algorithm);
    if (!direct
        && !JWEAlgorithm.ECDH_ES_A256KW.equals(algorithm)
        && !JWEAlgorithm.RSA_OAEP_256.equals(algorithm)) {
      return Optional.of(
          "its alg is " + algorithm + ", allowed are ECDH-ES+A256KW, RSA-OAEP-256 and ECDH-ES");
    }
    if (direct && parts.recipients() > 1) {
      return Optional.of("its alg is ECDH-ES, which is for one recipient");
    }
    if (!METHOD.equals(header.getEncryptionMethod())) {
      return Optional.of("its enc is " + header.getEncryptionMethod() + ", allowed is A256GCM");
    }
    if (header.getCriticalParams() != null) {
      return Optional.of("its crit names headers that aren't known here");
    }
    if (!CONTENT_TYPE.equals(header.getContentType())) {
      return Optional.of("its cty is " + header.getContentType() + ", allowed is " + CONTENT_TYPE);
    }
    if (header.getType() != null && !TYPE.equals(header.getType())) {
      return Optional.of("its typ is " + header.getType() + ", allowed is " + TYPE);
    }
    int iv = parts.iv().decode().length;
    int tag = parts.tag().decode().length;
    if (iv != IV_LENGTH || tag != TAG_LENGTH) {
      return Optional.of(
          "its iv and tag have %d and %d bytes, not %d and %d"
              .formatted(iv, tag, IV_LENGTH, TAG_LENGTH));
    }
    boolean unknownZip =
        parts.isZipped() && !CompressionAlgorithm.DEF.equals(header.getCompressionAlgorithm());
    return unknownZip
        ? Optional.of("its zip is " + header.getCompressionAlgorithm() + ", allowed is DEF")
        : Optional.empty();
  }
}
