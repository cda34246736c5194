package io.mestral.smartapi.security.encryption;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWECryptoParts;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.impl.AAD;
import com.nimbusds.jose.crypto.impl.ECDHCryptoProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.Multikey;
import io.mestral.smartapi.security.key.SecretMultikey;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * ECDH-ES with P-256 (RFC 7518, section 4.6): the secret that both sides agree on comes from the
 * engine, which is faster than Java's own; everything after it from the library.
 */
final class KeyAgreement extends ECDHCryptoProvider {
  private final CryptoEngine engine;

  /** With a given content key, or null to make one. */
  KeyAgreement(CryptoEngine engine, SecretKey contentKey) throws JOSEException {
    super(Curve.P_256, contentKey);
    this.engine = engine;
  }

  @Override
  public Set<Curve> supportedEllipticCurves() {
    return Set.of(Curve.P_256);
  }

  /** Encrypts; the header that comes back has the ephemeral key. */
  JWECryptoParts encrypt(JWEHeader header, Multikey recipient, byte[] plain) throws JOSEException {
    SecretMultikey ephemeral = engine.ephemeral();
    Multikey point = ephemeral.publicKey();
    ECKey epk =
        new ECKey.Builder(Curve.P_256, Base64URL.encode(point.x()), Base64URL.encode(point.y()))
            .build();
    JWEHeader full = new JWEHeader.Builder(header).ephemeralPublicKey(epk).build();
    return encryptWithZ(full, secret(ephemeral, recipient), plain, AAD.compute(full));
  }

  /** Decrypts what a header without zip names; what comes back is compressed if it was. */
  byte[] decrypt(JweParts parts, JWEHeader header, SecretMultikey own) throws JOSEException {
    if (!(header.getEphemeralPublicKey() instanceof ECKey epk)
        || !Curve.P_256.equals(epk.getCurve())) {
      throw new JOSEException("its epk isn't a key on P-256");
    }
    Multikey other = Multikey.ofPoint(KeyType.P_256, epk.getX().decode(), epk.getY().decode());
    return decryptWithZ(
        header,
        parts.associatedData(),
        secret(own, other),
        parts.encryptedKey(),
        parts.iv(),
        parts.cipherText(),
        parts.tag(),
        0); // the longest inflated text, and nothing is inflated here
  }

  private SecretKey secret(SecretMultikey own, Multikey other) {
    return new SecretKeySpec(engine.agree(own, other), "AES");
  }
}
