package dev.steward.estate.ec2;

import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Parameters of Systems Manager that name an image, whatever their data type: AWS checks values of
 * {@code aws:ec2:image} only, and many name theirs in plain text. Of the value nothing is kept but
 * the images' ids; values of the type {@code SecureString} are not asked for.
 */
public final class ImageParameters {
  public static final String ID = "image_parameter";

  private static final Pattern IMAGE = Pattern.compile("\\bami-[0-9a-f]{8,17}\\b");

  public static final Attribute<List<String>> IMAGES =
      ids("images", "what it names", "Value", Images.ID).as(ImageParameters::images);
  public static final Attribute<String> DATA_TYPE =
      text("data_type", "text or aws:ec2:image", "DataType");

  /**
   * By path, because that answers values with names, 10 a page; its filter takes the type and not
   * the data type (Systems Manager API reference, GetParametersByPath, ParameterStringFilter).
   */
  public static final Kind KIND =
      Kind.regional(ID, "Parameter that names an image", "ssm:GetParametersByPath")
          .asking(
              Map.of(
                  "Path",
                  "/",
                  "Recursive",
                  true,
                  "ParameterFilters",
                  List.of(Map.of("Key", "Type", "Values", List.of("String", "StringList")))))
          .lists("Parameters[?contains(Value, 'ami-')]")
          .id("Name")
          .name("Name")
          .pages(new Paging("NextToken", "NextToken", "MaxResults", 1, 10))
          .tags(
              new Tags.Asked(
                  Call.of("ssm:ListTagsForResource"),
                  Map.of("ResourceType", Path.always("Parameter"), "ResourceId", Path.at("Name")),
                  "TagList",
                  "",
                  Set.of()))
          .knows(IMAGES, DATA_TYPE)
          .costsNothing()
          .row();

  private ImageParameters() {}

  /** Every image that the text names. */
  private static List<String> images(Object text) {
    return IMAGE.matcher(text.toString()).results().map(MatchResult::group).distinct().toList();
  }
}
