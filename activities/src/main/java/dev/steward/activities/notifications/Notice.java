package dev.steward.activities.notifications;

import dev.steward.model.Delivery;
import dev.steward.model.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is told, as each channel takes it. Titles and texts hold what people and AWS named things:
 * in a title no line ends and nothing is unseen, and where a channel gives characters a meaning
 * they have none.
 *
 * @param link where what it is about can be seen; empty where nobody said where that is
 */
record Notice(String title, String text, String link) {
  /** Control characters, ends of lines and what turns the direction of text around. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+");

  private static final Pattern UNSEEN_IN_TEXT =
      Pattern.compile("[\\p{Cc}&&[^\\n]]+|[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+");

  /** Slack refuses a section with more than 3,000 characters, counted as they are escaped. */
  private static final int LONGEST_TITLE = 700;

  private static final int LONGEST_TEXT = 1_500;

  static Notice of(Delivery delivery, String base) {
    return new Notice(
        UNSEEN.matcher(delivery.title()).replaceAll(" ").strip(),
        UNSEEN_IN_TEXT.matcher(delivery.text()).replaceAll(" "),
        base.isEmpty() ? "" : base.replaceAll("/+$", "") + path(delivery.subject()));
  }

  /** As the API names it; what begins with something else has no page of its own. */
  private static String path(String subject) {
    if (subject.startsWith("chg_")) return "/governance/changes/" + subject;
    return subject.startsWith("apr_") ? "/approvals/" + subject : "";
  }

  /** JSON gives no character of a text a meaning. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new TreeMap<>(Map.of("title", title, "text", text));
    if (!link.isEmpty()) fields.put("url", link);
    return fields;
  }

  /** The body of an e-mail, which is plain text. */
  String mail() {
    return link.isEmpty() ? text : text + "\n\n" + link;
  }

  /**
   * A message of Slack: in blocks whose text is verbatim, so that no word in it becomes a link or
   * calls somebody, and as the one line that stands in a notification.
   */
  String slack() {
    String bold = "*" + slack(title, LONGEST_TITLE).replace('*', '∗') + "*";
    String whole = bold + "\n" + slack(text, LONGEST_TEXT);
    String more = link.isEmpty() ? "" : "\n<" + link + "|Open in Steward>";
    return Json.text(
        Map.of(
            "text",
            bold,
            "blocks",
            List.of(
                Map.of(
                    "type",
                    "section",
                    "text",
                    Map.of("type", "mrkdwn", "verbatim", true, "text", whole + more)))));
  }

  /** Slack's three characters of control (docs.slack.dev, "Formatting message text"). */
  private static String slack(String plain, int most) {
    StringBuilder escaped = new StringBuilder();
    for (int c : plain.codePoints().toArray()) {
      if (escaped.length() > most) return escaped.append('…').toString();
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        default -> escaped.appendCodePoint(c);
      }
    }
    return escaped.toString();
  }
}
