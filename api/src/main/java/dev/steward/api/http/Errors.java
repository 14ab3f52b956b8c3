package dev.steward.api.http;

import dev.steward.api.EntityTag;
import dev.steward.api.Problems;
import dev.steward.api.Reply;
import dev.steward.api.StaleException;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.storage.StoreFailedException;
import io.helidon.http.BadRequestException;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what went wrong in the words of the contract; what nobody foresaw is logged. */
public final class Errors implements Layer {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  @Override
  public Reply around(Exchange call, Door inner) {
    try {
      return inner.answer(call);
    } catch (CloseConnectionException gone) {
      // There is nobody to tell anything.
      throw gone;
    } catch (RuntimeException | IOException thrown) {
      return reply(thrown, call);
    }
  }

  private static Reply reply(Throwable thrown, Exchange call) {
    if (thrown instanceof StaleException stale) {
      Reply reply = Problems.reply(stale.problem(), call.id(), call.trace());
      return stale.there().map(tag -> reply.with(EntityTag.HEADER, tag)).orElse(reply);
    }
    return Problems.reply(problem(thrown, call.id()), call.id(), call.trace());
  }

  /**
   * @param id the request's
   */
  public static Reply reply(Throwable thrown, String id) {
    return Problems.reply(problem(thrown, id), id);
  }

  private static Problem problem(Throwable thrown, String id) {
    if (thrown instanceof ProblemException known) return known.problem();
    if (thrown instanceof StoreFailedException)
      return problem(Problem.Type.UNAVAILABLE, "the store takes no writes at the moment");
    if (thrown instanceof BadRequestException
        || thrown instanceof RequestException
        || thrown instanceof IOException
        || thrown instanceof UncheckedIOException)
      return problem(Problem.Type.MALFORMED, "the request cannot be read");
    LOG.error("request {} failed", id, thrown);
    return problem(
        Problem.Type.INTERNAL,
        "the request failed; give the id " + id + " to who runs this installation");
  }

  private static Problem problem(Problem.Type type, String detail) {
    return new Problem(type, detail, List.of());
  }
}
