package io.mestral.verticles.auth;

import io.mestral.model.access.Secret;
import io.mestral.model.platform.SealedToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes tokens and seals them with the node's key: a keyed hash to find a token by, and AES-GCM to
 * show it to its owner again. Without the key a stolen database holds no usable token.
 */
public final class TokenVault {
  private static final String DEVICE_TOKEN_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int DEVICE_TOKEN_LENGTH = 6; // the kit's firmware has buffers for six
  private static final int API_TOKEN_BYTES = 32;
  private static final int FORWARDING_BYTES = 12;
  private static final int RESET_BYTES = 16;
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec root;
  private final SecretKeySpec hashKey;
  private final SecretKeySpec sealKey;
  private volatile Optional<byte[]> shared = Optional.empty();

  /**
   * @param nodeKey 32 secret bytes; hash and seal keys are derived from it
   */
  public TokenVault(byte[] nodeKey) {
    if (nodeKey.length != 32) throw new IllegalArgumentException("the node key has 32 bytes");
    this.root = new SecretKeySpec(nodeKey, "HmacSHA256");
    this.hashKey = new SecretKeySpec(mac(root, "mestral token hash"), "HmacSHA256");
    this.sealKey = new SecretKeySpec(mac(root, "mestral token seal"), "AES");
  }

  /** A device token as kits take it: six of {@code a-z0-9}. */
  public Secret newDeviceToken() {
    StringBuilder token = new StringBuilder(DEVICE_TOKEN_LENGTH);
    for (int i = 0; i < DEVICE_TOKEN_LENGTH; i++)
      token.append(DEVICE_TOKEN_ALPHABET.charAt(random.nextInt(DEVICE_TOKEN_ALPHABET.length())));
    return Secret.of(token.toString());
  }

  /** An API token or session: 256 random bits as 43 characters of URL-safe base64. */
  public Secret newApiToken() {
    return random(API_TOKEN_BYTES);
  }

  /** A partner's user name or token: 96 random bits as 16 characters of URL-safe base64. */
  public Secret newForwardingSecret() {
    return random(FORWARDING_BYTES);
  }

  /** A code that is mailed, 128 random bits as 22 characters: a link with it fits into a line. */
  public Secret newResetCode() {
    return random(RESET_BYTES);
  }

  private Secret random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The keyed hash that a token is found by, hexadecimal. */
  public String hash(Secret token) {
    return HexFormat.of().formatHex(mac(hashKey, token.reveal()));
  }

  /**
   * From now on tokens are found by a second hash, too: the one that the node above uses for this
   * one and those below it.
   *
   * @param key 32 secret bytes
   */
  public void share(byte[] key) {
    shared = Optional.of(key.clone());
  }

  /** What {@link #share} was given; empty when no node is above. */
  public Optional<byte[]> sharedKey() {
    return shared.map(byte[]::clone);
  }

  /** The keyed hash of a token as a node below finds it by, hexadecimal. */
  public static String sharedHash(byte[] key, Secret token) {
    return HexFormat.of().formatHex(mac(new SecretKeySpec(key, "HmacSHA256"), token.reveal()));
  }

  /** The hash by which the node above may have told of a token; empty when none is above. */
  public Optional<String> sharedHash(Secret token) {
    return shared.map(key -> sharedHash(key, token));
  }

  /** All hashes that a device's token may be known by, this node's own first. */
  public List<String> hashes(Secret token) {
    String own = hash(token);
    return sharedHash(token).map(other -> List.of(own, other)).orElseGet(() -> List.of(own));
  }

  /** 32 secret bytes for one purpose, the same ones as long as the node has its key. */
  public byte[] derived(String purpose) {
    return mac(root, purpose);
  }

  /** The token as a store may hold it. */
  public SealedToken seal(Secret token) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, sealKey, new GCMParameterSpec(TAG_BITS, iv));
      byte[] plain = token.reveal().getBytes(StandardCharsets.UTF_8);
      byte[] sealed = new byte[IV_BYTES + cipher.getOutputSize(plain.length)];
      System.arraycopy(iv, 0, sealed, 0, IV_BYTES);
      cipher.doFinal(plain, 0, plain.length, sealed, IV_BYTES);
      return new SealedToken(hash(token), sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /** The token behind a seal; empty when it was sealed with another node key, or is damaged. */
  public Optional<Secret> open(SealedToken token) {
    byte[] sealed = token.cipher();
    if (sealed.length < IV_BYTES) return Optional.empty();
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE, sealKey, new GCMParameterSpec(TAG_BITS, sealed, 0, IV_BYTES));
      byte[] plain = cipher.doFinal(sealed, IV_BYTES, sealed.length - IV_BYTES);
      return Optional.of(Secret.of(new String(plain, StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException foreign) {
      return Optional.empty();
    }
  }

  private static byte[] mac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
