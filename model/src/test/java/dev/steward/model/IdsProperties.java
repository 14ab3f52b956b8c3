package dev.steward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

final class IdsProperties {
  @Property(tries = 100)
  void anIdReadsBackAsItself() {
    AccountId id = AccountId.from(Ids.random());
    assertThat(Json.read(Json.bytes(id), AccountId.class)).isEqualTo(id);
    assertThat(Json.text(id)).isEqualTo("\"" + id.value() + "\"");
  }

  @Property(tries = 500)
  void noTextThatIsNotAnIdBecomesOne(@ForAll String text) {
    if (!Ids.is("acc", text))
      assertThatThrownBy(() -> new AccountId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 500)
  void moneyReadsBackToAHundredthOfACent(
      @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long tenThousandths) {
    Money money = new Money(tenThousandths * 100);
    assertThat(Json.read(Json.bytes(money), Money.class)).isEqualTo(money);
  }

  @Property(tries = 1)
  void idsDoNotRepeat() {
    Ids ids = Ids.random();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100_000; i++) assertThat(seen.add(ids.next("acc"))).isTrue();
  }
}
