package dev.steward.storage;

import dev.steward.model.DataKey;
import dev.steward.model.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The data keys of the organizations, wrapped by the master key. How one is wrapped says whether
 * the installation signed its audit chains by then, and without the master key nobody can unsay it:
 * whoever takes a data key away loses all that it seals.
 */
public final class DataKeys {
  /** The installation's own secrets belong to this organization, which nobody is in. */
  public static final OrganizationId INSTALLATION = new OrganizationId("org_installation");

  private static final String SIGNS = "audit chains are signed/";

  private final MasterKey master;
  private final Cipher256 wrapper;
  private final SecureRandom random = new SecureRandom();

  public DataKeys(MasterKey master) {
    this.master = master;
    this.wrapper = new Cipher256(master.derive("data keys"));
  }

  /** Whether a data key says that the audit chains were signed when it was wrapped. */
  public boolean anySigned(State state) {
    return all(state).anyMatch(this::isSigned);
  }

  /** Whether each says so, and there is one. */
  public boolean allSigned(State state) {
    return all(state).findAny().isPresent() && all(state).allMatch(this::isSigned);
  }

  /** From here on each says so. */
  public void sign(Transaction t) {
    of(t, INSTALLATION);
    for (DataKey key : t.rows(Tables.DATA_KEYS).list())
      if (!isSigned(key)) t.put(Tables.DATA_KEYS, wrapped(key.organization(), unwrap(key), SIGNS));
  }

  private static Stream<DataKey> all(State state) {
    return state.rows(Tables.DATA_KEYS).stream();
  }

  private boolean isSigned(DataKey key) {
    return opened(key, SIGNS).isPresent();
  }

  /** The organization's data key, made if there is none. */
  DataKey of(Transaction t, OrganizationId organization) {
    return t.find(Tables.DATA_KEYS, organization.value())
        .orElseGet(() -> {
          byte[] plain = new byte[32];
          random.nextBytes(plain);
          return t.put(Tables.DATA_KEYS, wrapped(organization, plain, SIGNS));
        });
  }

  boolean opens(DataKey key) {
    return opened(key, SIGNS).or(() -> opened(key, "")).isPresent();
  }

  /**
   * @throws IllegalStateException if another master key wrapped it
   */
  byte[] unwrap(DataKey key) {
    return opened(key, SIGNS)
        .or(() -> opened(key, ""))
        .orElseThrow(() ->
            new IllegalStateException(
                "the data key of " + key.organization() + " is of another master key"));
  }

  /** The same key under this master key; it goes on saying what it said. */
  DataKey rewrapped(DataKey key, DataKeys before) {
    return wrapped(key.organization(), before.unwrap(key), before.isSigned(key) ? SIGNS : "");
  }

  private DataKey wrapped(OrganizationId organization, byte[] plain, String says) {
    byte[] sealed = wrapper.seal(plain, context(organization, says));
    return new DataKey(organization, Base64.getEncoder().encodeToString(sealed), master.id());
  }

  private Optional<byte[]> opened(DataKey key, String says) {
    try {
      byte[] sealed = Base64.getDecoder().decode(key.wrapped());
      return Optional.of(wrapper.open(sealed, context(key.organization(), says)));
    } catch (IllegalStateException otherwise) {
      return Optional.empty();
    }
  }

  private static byte[] context(OrganizationId organization, String says) {
    return (says + organization).getBytes(StandardCharsets.UTF_8);
  }
}
