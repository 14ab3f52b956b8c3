package dev.steward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.instancio.Instancio.gen;

import java.util.HashSet;
import java.util.Set;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InstancioExtension.class)
final class IdsProperties {
  @Test
  void anIdReadsBackAsItself() {
    for (int round = 0; round < 100; round++) {
      AccountId id = AccountId.from(Ids.random());
      assertThat(Json.read(Json.bytes(id), AccountId.class)).isEqualTo(id);
      assertThat(Json.text(id)).isEqualTo("\"" + id.value() + "\"");
    }
  }

  @Test
  void noTextThatIsNotAnIdBecomesOne() {
    for (int round = 0; round < 500; round++) {
      refuses(gen().string().unicode().allowEmpty().length(0, 255).get());
      refuses(almostAnId());
    }
  }

  private static void refuses(String text) {
    if (!Ids.is("acc", text))
      assertThatThrownBy(() -> new AccountId(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
  }

  /** An id with one character of any kind in the place of one, or with nothing. */
  private static String almostAnId() {
    StringBuilder text =
        new StringBuilder("acc_").append(gen().string().lowerCase().length(4, 40).get());
    int at = gen().ints().range(0, text.length() - 1).get();
    return text.replace(at, at + 1, gen().oneOf("", " ", "_", "A", "é", "\n", "\0", "ß").get())
        .toString();
  }

  @Test
  void moneyReadsBackToAHundredthOfACent() {
    for (long edge : new long[] {-1_000_000_000_000L, -1, 0, 1, 1_000_000_000_000L})
      readsBack(edge);
    for (int round = 0; round < 500; round++)
      readsBack(gen().longs().range(-1_000_000_000_000L, 1_000_000_000_000L).get());
  }

  private static void readsBack(long tenThousandths) {
    Money money = new Money(tenThousandths * 100);
    assertThat(Json.read(Json.bytes(money), Money.class)).isEqualTo(money);
  }

  @Test
  void idsDoNotRepeat() {
    Ids ids = Ids.random();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100_000; i++) assertThat(seen.add(ids.next("acc"))).isTrue();
  }
}
