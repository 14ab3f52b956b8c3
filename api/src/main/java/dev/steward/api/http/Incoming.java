package dev.steward.api.http;

import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;

/** Reads what a caller sends: whatever goes wrong with it is the caller's, and told as such. */
final class Incoming {
  /** Reads something. */
  @FunctionalInterface
  interface Read<T> {
    T read() throws IOException;
  }

  private Incoming() {}

  /**
   * @throws ProblemException MALFORMED, TOO_SLOW or TOO_LARGE
   * @throws CloseConnectionException if nobody is there any more
   */
  static <T> T of(Read<T> what) throws IOException {
    try {
      return what.read();
    } catch (ProblemException | CloseConnectionException known) {
      throw known;
    } catch (DataReader.InsufficientDataAvailableException ended) {
      throw malformed("the body ended before it was complete");
    } catch (RequestException refused) {
      throw switch (refused.status().code()) {
        case 408 -> Problem.of(Problem.Type.TOO_SLOW, "the body came too slowly");
        case 413 -> Problem.of(Problem.Type.TOO_LARGE, "the body, or a chunk of it, is too large");
        default ->
            malformed(
                "the body is cut into chunks that cannot be read: each begins with its size in at"
                    + " most eight hexadecimal digits, without extensions, and a new line (CR LF)");
      };
    } catch (RuntimeException unreadable) {
      throw malformed("the body cannot be read as it was sent");
    }
  }

  private static ProblemException malformed(String why) {
    return Problem.of(Problem.Type.MALFORMED, why);
  }
}
