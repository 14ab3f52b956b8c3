package dev.steward.estate.price;

import dev.steward.estate.price.Item.Unit;
import java.util.List;
import java.util.Map;

/** What connects, what guards, and what watches. */
final class NetworkQueries {
  static final List<PriceQuery> ALL =
      List.of(
          PriceQuery.of("nat-gateway", "AmazonEC2")
              .family("NAT Gateway")
              .gives(Unit.NAT_GATEWAY_HOUR, "NatGateway-Hours")
              .row(),
          balancer("application", "Load Balancer-Application", Unit.LOAD_BALANCER_HOUR),
          balancer("network", "Load Balancer-Network", Unit.LOAD_BALANCER_HOUR),
          balancer("gateway", "Load Balancer-Gateway", Unit.GATEWAY_LOAD_BALANCER_HOUR),
          balancer("classic", "Load Balancer", Unit.CLASSIC_LOAD_BALANCER_HOUR),
          PriceQuery.of("vpc", "AmazonVPC")
              .gives(Unit.PUBLIC_IPV4_HOUR, "PublicIPv4:InUseAddress")
              .gives(Unit.VPC_ENDPOINT_HOUR, "VpcEndpoint-Hours")
              .gives(Unit.GATEWAY_LOAD_BALANCER_ENDPOINT_HOUR, "VpcEndpoint-GWLBE-Hours")
              .gives(Unit.VPN_CONNECTION_HOUR, "VPN-Usage-Hours:ipsec\\.1")
              .gives(
                  Unit.TRANSIT_GATEWAY_ATTACHMENT_HOUR,
                  "TransitGateway-Hours",
                  Map.of("operation", "TransitGatewayVPC"))
              .gives(Unit.CLIENT_VPN_ASSOCIATION_HOUR, "ClientVPN-EndpointHours")
              .row(),
          PriceQuery.of("network-firewall", "AWSNetworkFirewall")
              .family("AWS Firewall")
              .gives(Unit.NETWORK_FIREWALL_ENDPOINT_HOUR, "Endpoint-Hour")
              .row(),
          PriceQuery.of("route53", "AmazonRoute53")
              .givesAnywhere(Unit.HOSTED_ZONE_MONTH, "HostedZone")
              .givesAnywhere(Unit.HEALTH_CHECK_MONTH, "Health-Check-AWS")
              .givesAnywhere(Unit.HEALTH_CHECK_ELSEWHERE_MONTH, "Health-Check-Non-AWS")
              .gives(Unit.RESOLVER_ENDPOINT_HOUR, "ResolverNetworkInterface")
              .row(),
          PriceQuery.of("waf", "awswaf")
              .family("Web Application Firewall")
              .gives(Unit.WEB_ACL_MONTH, "WebACLV2")
              .gives(Unit.WEB_ACL_RULE_MONTH, "RuleV2")
              .row(),
          PriceQuery.of("kms", "awskms")
              .family("Encryption Key")
              .gives(Unit.KMS_KEY_MONTH, "KMS-Keys")
              .row(),
          PriceQuery.of("secrets", "AWSSecretsManager")
              .family("Secret")
              .gives(Unit.SECRET_MONTH, ".*Secrets?")
              .row(),
          PriceQuery.of("private-ca", "AWSCertificateManager")
              .gives(Unit.PRIVATE_CA_MONTH, "PaidPrivateCA")
              .row(),
          PriceQuery.of("cloudhsm", "CloudHSM")
              .where("instanceFamily", "CloudHSM-v2")
              .gives(Unit.CLOUDHSM_HOUR, "CloudHSMv2Usage")
              .row(),
          PriceQuery.of("alarms", "AmazonCloudWatch")
              .family("Alarm")
              .gives(Unit.ALARM_MONTH, ".*AlarmMonitorUsage", Map.of("alarmType", "Standard"))
              .gives(
                  Unit.ALARM_HIGH_RESOLUTION_MONTH,
                  ".*AlarmMonitorUsage",
                  Map.of("alarmType", "High Resolution"))
              .row(),
          PriceQuery.of("dashboards", "AmazonCloudWatch")
              .family("Dashboard")
              .givesAnywhere(Unit.DASHBOARD_MONTH, "DashboardsUsageHour")
              .row(),
          PriceQuery.of("transfer", "AWSTransfer")
              .family("AWS Transfer Family")
              .gives(Unit.TRANSFER_PROTOCOL_HOUR, "ProtocolHours", Map.of("operation", "SFTP:S3"))
              .row());

  private NetworkQueries() {}

  private static PriceQuery balancer(String type, String family, Unit unit) {
    return PriceQuery.of("balancer-" + type, "AWSELB")
        .family(family)
        .gives(unit, "LoadBalancerUsage")
        .row();
  }
}
