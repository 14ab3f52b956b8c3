package dev.steward.storage;

import dev.steward.model.DataKey;
import dev.steward.model.Ids;
import dev.steward.model.OrganizationId;
import dev.steward.model.SealedSecret;
import dev.steward.model.SecretId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Seals secrets under a data key per organization, which the master key wraps. */
public final class Secrets {
  private final MasterKey master;
  private final DataKeys keys;
  private final Ids ids;

  public Secrets(MasterKey master, Ids ids) {
    this.master = master;
    this.keys = new DataKeys(master);
    this.ids = ids;
  }

  public SecretId seal(Transaction transaction, OrganizationId organization, byte[] plain) {
    SecretId id = SecretId.from(ids);
    byte[] sealed = cipher(keys.of(transaction, organization)).seal(plain, context(id.value()));
    transaction.put(Tables.SECRETS, new SealedSecret(id, organization, encode(sealed)));
    return id;
  }

  /**
   * @throws IllegalStateException if there is no such secret or it cannot be opened
   */
  public byte[] open(State state, SecretId id) {
    SealedSecret secret =
        state
            .find(Tables.SECRETS, id.value())
            .orElseThrow(() -> new IllegalStateException("secret " + id + " is gone"));
    DataKey key =
        state
            .find(Tables.DATA_KEYS, secret.organization().value())
            .orElseThrow(() ->
                new IllegalStateException("the data key of " + secret.organization() + " is gone"));
    return cipher(key).open(decode(secret.sealed()), context(id.value()));
  }

  /**
   * Compares the master key with the one that the data was sealed under.
   *
   * @throws StoreOpenException if it is another one
   */
  public void requireSameKey(State state) {
    for (DataKey key : (Iterable<DataKey>) state.rows(Tables.DATA_KEYS).stream()::iterator)
      if (!keys.opens(key))
        throw new StoreOpenException(
            "the master key is another one (it is "
                + master.id()
                + ", and the data was sealed under "
                + key.masterKey()
                + "); put the right one back from where you keep it. Nothing was changed");
  }

  /** Wraps every data key under a new master key; the secrets themselves stay as they are. */
  public void rewrap(Transaction transaction, MasterKey next) {
    DataKeys after = new DataKeys(next);
    for (DataKey key : transaction.rows(Tables.DATA_KEYS).list())
      transaction.put(Tables.DATA_KEYS, after.rewrapped(key, keys));
  }

  /** Destroys the organization's secrets that no row names any more. */
  public static void sweep(Transaction transaction, OrganizationId organization) {
    Set<SecretId> named = named(transaction.state()).collect(Collectors.toSet());
    for (SealedSecret secret : transaction.own(organization).all(Tables.SECRETS).toList())
      if (!named.contains(secret.id())) transaction.remove(Tables.SECRETS, secret.id().value());
  }

  static boolean isOrphan(State state, SecretId secret) {
    return named(state).noneMatch(secret::equals);
  }

  private static Stream<SecretId> named(State state) {
    return Tables.ALL.stream().flatMap(table -> named(state, table));
  }

  private static <V> Stream<SecretId> named(State state, Table<V> table) {
    Table.Holds<V> holds = table.holds();
    return holds == null
        ? Stream.empty()
        : state.rows(table).stream().flatMap(row -> Stream.ofNullable(holds.of(row)));
  }

  private Cipher256 cipher(DataKey key) {
    return new Cipher256(keys.unwrap(key));
  }

  private static byte[] context(String id) {
    return id.getBytes(StandardCharsets.UTF_8);
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] decode(String text) {
    return Base64.getDecoder().decode(text);
  }
}
