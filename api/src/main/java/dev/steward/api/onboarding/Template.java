package dev.steward.api.onboarding;

import dev.steward.api.HttpJson;
import dev.steward.api.Yaml;
import dev.steward.estate.IamPolicy;
import dev.steward.estate.Partition;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.AccountFeature;
import dev.steward.model.Json;
import dev.steward.model.Onboarding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a customer deploys: a role that only this platform's principal can assume, only with this
 * onboarding's External ID, with the least privilege for the chosen features, derived from the
 * catalogue.
 */
public final class Template {
  private static final Pattern ASSUMED_ROLE =
      Pattern.compile("arn:(aws[a-z-]*):sts::(\\d{12}):assumed-role/([^/]+)/.*");
  private static final Pattern STS_USER =
      Pattern.compile("arn:(aws[a-z-]*):sts::(\\d{12}):(user/.+)");
  private static final String ROLE = "steward-access";

  private Template() {}

  /**
   * The IAM principal behind a caller identity: a session's role, a user, or the account's root.
   */
  public static String principal(String callerArn) {
    Matcher session = ASSUMED_ROLE.matcher(callerArn);
    if (session.matches())
      return "arn:" + session.group(1) + ":iam::" + session.group(2) + ":role/" + session.group(3);
    Matcher user = STS_USER.matcher(callerArn);
    if (user.matches())
      return "arn:" + user.group(1) + ":iam::" + user.group(2) + ":" + user.group(3);
    return callerArn;
  }

  public static String yaml(Onboarding onboarding, String principal) {
    return Yaml.text(document(onboarding, principal));
  }

  public static String json(Onboarding onboarding, String principal) {
    // In the order in which people read it.
    return Json.text(document(onboarding, principal));
  }

  private static Map<String, Object> document(Onboarding onboarding, String principal) {
    return map(
        "AWSTemplateFormatVersion",
        "2010-09-09",
        "Description",
        "Lets Steward look after this account. Delete the stack to take the access away.",
        "Resources",
        map(
            "StewardRole",
            map(
                "Type",
                "AWS::IAM::Role",
                "Properties",
                map(
                    "RoleName", roleName(onboarding),
                    "Description", "Assumed by Steward with an External ID",
                    "MaxSessionDuration", 3600,
                    "AssumeRolePolicyDocument", trust(onboarding, principal),
                    "Policies", policies(onboarding, principal)))),
        "Outputs",
        map(
            "RoleArn",
            map(
                "Description",
                "Give this to Steward",
                "Value",
                map("Fn::GetAtt", List.of("StewardRole", "Arn")))));
  }

  /** Each onboarding has a role name of its own, so that two of them can stand side by side. */
  static String roleName(Onboarding onboarding) {
    return ROLE
        + "-"
        + onboarding.id().value().substring(4, Math.min(12, onboarding.id().value().length()));
  }

  /** What that role is called in an account, which is of the platform's own partition. */
  static String roleArn(Onboarding onboarding, String principal, String account) {
    return "arn:"
        + Partition.of(principal).id()
        + ":iam::"
        + account
        + ":role/"
        + roleName(onboarding);
  }

  private static Map<String, Object> trust(Onboarding onboarding, String principal) {
    return map(
        "Version",
        "2012-10-17",
        "Statement",
        List.of(
            map(
                "Effect",
                "Allow",
                "Action",
                "sts:AssumeRole",
                "Principal",
                map("AWS", principal),
                "Condition",
                map("StringEquals", map("sts:ExternalId", onboarding.externalId())))));
  }

  private static List<Object> policies(Onboarding onboarding, String principal) {
    List<Object> policies = new ArrayList<>();
    for (AccountFeature feature : onboarding.features())
      policies.add(
          map(
              "PolicyName",
              "steward-" + HttpJson.name(feature),
              "PolicyDocument",
              IamPolicy.of(Partition.of(principal), Catalogue.actions(feature))));
    return policies;
  }

  public static String terraform(Onboarding onboarding, String principal) {
    StringBuilder text = new StringBuilder();
    text.append("resource \"aws_iam_role\" \"steward\" {\n")
        .append("  name                 = \"")
        .append(roleName(onboarding))
        .append("\"\n")
        .append("  max_session_duration = 3600\n")
        .append("  assume_role_policy = jsonencode(")
        .append(hcl(trust(onboarding, principal)))
        .append(")\n}\n");
    for (AccountFeature feature : onboarding.features()) {
      String name = HttpJson.name(feature);
      text.append("\nresource \"aws_iam_role_policy\" \"steward_")
          .append(name)
          .append("\" {\n")
          .append("  name = \"steward-")
          .append(name)
          .append("\"\n")
          .append("  role = aws_iam_role.steward.id\n")
          .append("  policy = jsonencode(")
          .append(hcl(IamPolicy.of(Partition.of(principal), Catalogue.actions(feature))))
          .append(")\n}\n");
    }
    return text.append("\noutput \"role_arn\" {\n  value = aws_iam_role.steward.arn\n}\n")
        .toString();
  }

  /** Terraform's expressions include JSON's. */
  private static String hcl(Object value) {
    return Json.text(value);
  }

  private static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) map.put((String) pairs[i], pairs[i + 1]);
    return map;
  }
}
