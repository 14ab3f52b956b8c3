package dev.steward.estate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The IAM policy document that allows some actions; a role's policy and a session's are both made
 * here. A key is used only by a service that works for the caller, never by the caller himself: AWS
 * advises both conditions (KMS developer guide, <a
 * href="https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html">kms:GrantIsForAWSResource
 * and kms:ViaService</a>).
 */
public final class IamPolicy {
  /** The services that use keys for us. */
  private static final List<String> SERVICES = List.of("ec2", "rds");

  private static final Map<String, Object> FOR_A_SERVICE =
      Map.of("kms:GrantIsForAWSResource", "true");

  private IamPolicy() {}

  /** Statements whose conditions differ are kept apart; one that allows nothing is left out. */
  public static Map<String, Object> of(Partition partition, List<String> actions) {
    List<String> free = new ArrayList<>();
    List<String> granting = new ArrayList<>();
    List<String> using = new ArrayList<>();
    for (String action : actions)
      if (action.equals("kms:CreateGrant")) granting.add(action);
      else if (action.startsWith("kms:") && !isLook(action)) using.add(action);
      else free.add(action);
    Map<String, Object> via = Map.of("kms:ViaService", via(partition, actions));
    List<Object> statements = new ArrayList<>();
    statements.add(statement(free));
    if (!granting.isEmpty())
      statements.add(with(statement(granting), map("Bool", FOR_A_SERVICE, "StringLike", via)));
    if (!using.isEmpty()) statements.add(with(statement(using), map("StringLike", via)));
    return map("Version", "2012-10-17", "Statement", statements);
  }

  /** Who looks at keys does so himself, and uses none. */
  private static boolean isLook(String action) {
    return action.startsWith("kms:Describe") || action.startsWith("kms:List");
  }

  /** The names of the services, in any region, that the actions are of. */
  private static List<String> via(Partition partition, List<String> actions) {
    return SERVICES.stream()
        .filter(service -> actions.stream().anyMatch(a -> a.startsWith(service + ":")))
        .map(service -> service + ".*." + partition.host())
        .toList();
  }

  private static Map<String, Object> statement(List<String> actions) {
    return map("Effect", "Allow", "Action", actions, "Resource", "*");
  }

  private static Map<String, Object> with(Map<String, Object> statement, Object condition) {
    statement.put("Condition", condition);
    return statement;
  }

  private static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) map.put((String) pairs[i], pairs[i + 1]);
    return map;
  }
}
