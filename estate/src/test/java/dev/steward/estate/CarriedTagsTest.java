package dev.steward.estate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.ec2.Volumes;
import dev.steward.estate.rds.Databases;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CarriedTagsTest {
  private static final String MARK = "steward:undo";

  private static Map<String, String> own(int count) {
    Map<String, String> tags = new HashMap<>();
    for (int i = 0; i < count; i++) tags.put("own-" + (100 + i), "x");
    return tags;
  }

  @Test
  void whatOnlyAwsMayWriteIsLeftOutInWhateverCaseItStands() {
    Map<String, String> tags =
        Map.of("aws:cloudformation:stack-name", "web", "AWS:x", "y", "team", "aws:data");
    assertThat(Volumes.KIND.carried().with(tags, MARK, "chg/1"))
        .isEqualTo(Map.of("team", "aws:data", MARK, "chg/1"));
    assertThat(Databases.KIND.carried().with(Map.of("rds:x", "1", "a", "RDS:b"), MARK, "c"))
        .containsOnlyKeys(MARK);
  }

  @Test
  void theMarkTakesThePlaceOfOneOfFiftyAndOfNoneWhereItIsAmongThem() {
    assertThat(Volumes.KIND.carried().with(own(49), MARK, "c")).hasSize(50);
    assertThat(Volumes.KIND.carried().beyond(own(49), MARK)).isEmpty();
    assertThat(Volumes.KIND.carried().with(own(50), MARK, "c"))
        .hasSize(50)
        .containsEntry(MARK, "c");
    assertThat(Volumes.KIND.carried().beyond(own(50), MARK)).isEqualTo(List.of("own-149"));
    Map<String, String> again = own(49);
    again.put(MARK, "an earlier undo");
    assertThat(Volumes.KIND.carried().beyond(again, MARK)).isEmpty();
    assertThat(Volumes.KIND.carried().with(again, MARK, "c")).containsEntry(MARK, "c");
  }

  @Test
  void whatAwsWroteTakesNoPlace() {
    Map<String, String> tags = own(49);
    for (int i = 0; i < 5; i++) tags.put("aws:tag-" + i, "x");
    assertThat(Volumes.KIND.carried().beyond(tags, MARK)).isEmpty();
  }
}
