package dev.steward.estate;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(CarriedTags.with("ebs_volume", tags, MARK, "chg/1"))
        .isEqualTo(Map.of("team", "aws:data", MARK, "chg/1"));
    assertThat(CarriedTags.with("rds_instance", Map.of("rds:x", "1", "a", "RDS:b"), MARK, "c"))
        .containsOnlyKeys(MARK);
  }

  @Test
  void theMarkTakesThePlaceOfOneOfFiftyAndOfNoneWhereItIsAmongThem() {
    assertThat(CarriedTags.with("ebs_volume", own(49), MARK, "c")).hasSize(50);
    assertThat(CarriedTags.beyond("ebs_volume", own(49), MARK)).isEmpty();
    assertThat(CarriedTags.with("ebs_volume", own(50), MARK, "c"))
        .hasSize(50)
        .containsEntry(MARK, "c");
    assertThat(CarriedTags.beyond("ebs_volume", own(50), MARK)).isEqualTo(List.of("own-149"));
    Map<String, String> again = own(49);
    again.put(MARK, "an earlier undo");
    assertThat(CarriedTags.beyond("ebs_volume", again, MARK)).isEmpty();
    assertThat(CarriedTags.with("ebs_volume", again, MARK, "c")).containsEntry(MARK, "c");
  }

  @Test
  void whatAwsWroteTakesNoPlace() {
    Map<String, String> tags = own(49);
    for (int i = 0; i < 5; i++) tags.put("aws:tag-" + i, "x");
    assertThat(CarriedTags.beyond("ebs_volume", tags, MARK)).isEmpty();
  }
}
