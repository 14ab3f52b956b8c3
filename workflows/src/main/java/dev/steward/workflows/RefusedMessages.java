package dev.steward.workflows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run was told by signal and did not take, for who looks at its details. */
public final class RefusedMessages {
  public static final String UNREADABLE =
      "the message cannot be read: a JSON object with its known fields only, of at most 16 KiB";

  private int count;
  private String last = "";

  /** Names what is missing. */
  public static void required(List<String> wrong, String field, @Nullable String value) {
    if (value == null || value.isBlank()) wrong.add(field + " is required");
  }

  public void add(String why) {
    count++;
    last = why.length() > 300 ? why.substring(0, 300) : why;
  }

  public String text() {
    return count == 0 ? "" : "\n\nrefused by signal: " + count + ", the last: " + last;
  }
}
