package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.steward.api.onboarding.Template;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.AccountFeature;
import dev.steward.model.Json;
import dev.steward.testing.ApiClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TemplateTest {
  @Test
  void grantsExactlyWhatTheCatalogueNeeds() throws Exception {
    try (WithoutTemporal platform = new WithoutTemporal()) {
      ApiClient user = platform.as("test");
      JsonNode onboarding =
          user.post("/onboarding/create", Map.of("features", List.of("read"))).ok();
      String id = onboarding.path("id").asText();
      assertThat(onboarding.path("external_id").asText()).hasSizeGreaterThan(40);
      JsonNode yaml = new YAMLMapper().readTree(user.get("/onboarding/template/" + id).text());
      JsonNode json = user.get("/onboarding/template/" + id + "?format=json").ok();
      assertThat(yaml.toString()).isEqualTo(json.toString());
      JsonNode role = json.at("/Resources/StewardRole/Properties");
      JsonNode trust = role.at("/AssumeRolePolicyDocument/Statement/0");
      assertThat(trust.at("/Principal/AWS").asText())
          .isEqualTo("arn:aws:iam::123456789012:role/platform");
      assertThat(trust.at("/Condition/StringEquals/sts:ExternalId").asText())
          .isEqualTo(onboarding.path("external_id").asText());
      assertThat(role.path("Policies")).hasSize(1);
      List<String> actions = new ArrayList<>();
      role.at("/Policies/0/PolicyDocument/Statement/0/Action")
          .forEach(a -> actions.add(a.asText()));
      assertThat(actions)
          .isEqualTo(Catalogue.actions(AccountFeature.READ))
          .allMatch(a -> a.matches(".*:(Describe|List|Get|BatchGet).*"));
      assertThat(user.get("/onboarding/template/" + id + "?format=terraform").text())
          .contains("aws_iam_role", onboarding.path("external_id").asText());
      assertThat(user.get("/onboarding/template/" + id + "?format=pdf").status()).isEqualTo(422);
    }
  }

  @Test
  void addsTheRightToActOnlyWhenItIsChosen() {
    try (WithoutTemporal platform = new WithoutTemporal()) {
      ApiClient user = platform.as("test");
      String id =
          user.post("/onboarding/create", Map.of("features", List.of("act", "read")))
              .ok()
              .path("id")
              .asText();
      assertThat(
              user.get("/onboarding/template/" + id + "?format=json")
                  .ok()
                  .at("/Resources/StewardRole/Properties/Policies"))
          .hasSize(2);
      assertThat(user.post("/onboarding/create", Map.of("features", List.of("act"))).status())
          .isEqualTo(422);
    }
  }

  /** The partition of an account is the platform's own, which only STS can tell. */
  @Test
  void anAccountNumberIsVerifiedOnceThePlatformKnowsItsPartition() {
    try (WithoutTemporal platform = new WithoutTemporal(Map.of("aws.principal", ""))) {
      ApiClient user = platform.as("test");
      String id = user.post("/onboarding/create", Map.of()).ok().path("id").asText();
      String verify = "/onboarding/" + id + "/verify";
      ApiClient.Answer unknown = user.post(verify, Map.of("account_id", "111122223333"));
      assertThat(unknown.status()).isEqualTo(503);
      assertThat(unknown.text()).contains("aws.principal");
      String arn = "arn:aws-cn:iam::111122223333:role/steward";
      JsonNode begun =
          user.send(
                  "POST",
                  verify,
                  Json.text(Map.of("role_arn", arn)),
                  Map.of("Content-Type", "application/json", "Prefer", "wait=0"))
              .json();
      assertThat(begun.path("role_arn").asText()).isEqualTo(arn);
      assertThat(begun.path("status").asText()).isEqualTo("verifying");
    }
    String china = "arn:aws-cn:iam::123456789012:role/platform";
    try (WithoutTemporal platform = new WithoutTemporal(Map.of("aws.principal", china))) {
      ApiClient user = platform.as("test");
      String id = user.post("/onboarding/create", Map.of()).ok().path("id").asText();
      JsonNode begun =
          user.send(
                  "POST",
                  "/onboarding/" + id + "/verify",
                  Json.text(Map.of("account_id", "111122223333")),
                  Map.of("Content-Type", "application/json", "Prefer", "wait=0"))
              .json();
      assertThat(begun.path("role_arn").asText()).startsWith("arn:aws-cn:iam::111122223333:role/");
    }
  }

  @Test
  void trustsTheRoleBehindASession() {
    assertThat(Template.principal("arn:aws:sts::111122223333:assumed-role/steward/i-0abc"))
        .isEqualTo("arn:aws:iam::111122223333:role/steward");
    assertThat(Template.principal("arn:aws:iam::111122223333:user/steward"))
        .isEqualTo("arn:aws:iam::111122223333:user/steward");
  }
}
