package dev.steward.aws;

import dev.steward.estate.Call;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * How the pages of an answer are followed.
 *
 * @param in the parameter that takes the token of the next page
 * @param out where an answer has it; empty where there is one page
 * @param none error codes that say that there is nothing to answer
 */
record PageLoop(Call call, String in, String out, Set<String> none) {
  /**
   * Reads page by page until there is no more, or the reader has enough.
   *
   * @param more reads a page, and says whether the next one is wanted
   * @throws SamePage.Again who goes in a circle has not seen what is not there
   * @throws software.amazon.awssdk.core.exception.SdkException what AWS answers
   */
  void read(RegionClients clients, Map<String, Object> ask, Predicate<Map<String, Object>> more) {
    Set<String> tokens = new HashSet<>();
    Map<String, Object> next = new HashMap<>(ask);
    while (true) {
      Map<String, Object> page;
      try {
        page = clients.call(call, next);
      } catch (AwsServiceException e) {
        if (none.contains(AwsError.code(e))) return;
        throw e;
      }
      if (!more.test(page) || out.isEmpty()) return;
      String token = Answers.text(Answers.at(out, page));
      if (token == null) return;
      if (!tokens.add(token)) throw new SamePage.Again();
      next.put(in, token);
    }
  }
}
