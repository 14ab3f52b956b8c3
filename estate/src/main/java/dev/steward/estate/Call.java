package dev.steward.estate;

/**
 * An operation of AWS.
 *
 * @param service the AWS service prefix whose request limits its calls share, as {@code ec2}
 * @param operation as the service's model names it, as {@code DescribeVolumes}
 * @param iam the IAM action that it needs
 */
public record Call(String service, String operation, String iam) {
  /** Of an operation whose IAM action has its name, as most have. */
  public static Call of(String action) {
    return of(action, action);
  }

  /**
   * @param action service and operation, as {@code s3:ListBuckets}
   * @param iam as {@code s3:ListAllMyBuckets}
   */
  public static Call of(String action, String iam) {
    int colon = action.indexOf(':');
    return new Call(action.substring(0, colon), action.substring(colon + 1), iam);
  }
}
