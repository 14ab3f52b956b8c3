package dev.steward.aws.actions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** EC2's tags. */
final class Ec2Tags {
  private Ec2Tags() {}

  static List<Tag> of(Map<String, String> tags) {
    List<Tag> list = new ArrayList<>();
    new TreeMap<>(tags)
        .forEach((key, value) -> list.add(Tag.builder().key(key).value(value).build()));
    return list;
  }

  static TagSpecification on(ResourceType type, Map<String, String> tags) {
    return TagSpecification.builder().resourceType(type).tags(of(tags)).build();
  }

  static Filter filter(String key, String value) {
    return Filter.builder().name("tag:" + key).values(value).build();
  }
}
