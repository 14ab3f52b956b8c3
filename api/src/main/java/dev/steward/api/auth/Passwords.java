package dev.steward.api.auth;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.steward.model.Problem;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with argon2id: 19 MiB, two passes, one lane (OWASP Password Storage Cheat
 * Sheet).
 */
public final class Passwords {
  private static final Argon2Function ARGON2ID =
      Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

  private static final long PATIENCE = 30;

  /** Each hash takes 19 MiB: no flood of log-ins may take more than a few at a time. */
  private final Semaphore memory = new Semaphore(2, true);

  /** Checked when there is no such user, so that the answer takes as long. */
  private final String nobody = hash("nobody has this password");

  public String hash(String password) {
    return guarded(() -> Password.hash(password).addRandomSalt(16).with(ARGON2ID).getResult());
  }

  /**
   * @param hash null for a user that does not exist
   */
  public boolean matches(String password, @Nullable String hash) {
    String against = hash == null ? nobody : hash;
    boolean same =
        guarded(() ->
            Password.check(password, against).with(Argon2Function.getInstanceFromHash(against)));
    return same && hash != null;
  }

  /** A flood of log-ins is told so, rather than to queue behind itself. */
  private void take() {
    try {
      if (memory.tryAcquire(PATIENCE, TimeUnit.SECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Problem.of(Problem.Type.UNAVAILABLE, "too many are logging in at the moment");
  }

  private <T> T guarded(java.util.function.Supplier<T> work) {
    take();
    try {
      return work.get();
    } finally {
      memory.release();
    }
  }
}
