"""AWS's Price List as its API reference has it; moto has none.

- GetProducts answers each product as a JSON text, a page at a time, up to 100 of them; filters of type TERM_MATCH all have to match
  (Price List API reference, GetProducts: Filters, MaxResults, NextToken, PriceList).
- A product has a family and attributes, and offers on demand with price dimensions: unit, range, price by currency
  (Billing user guide, Reading the service price list file for an AWS service).
- Usage types begin with the region's billing code, which us-east-1 has not (DynamoDB developer guide, Understanding your
  billing and usage reports: USE2-, EU-, EUC1-, APN1-).
- A Local Zone's products have its own regionCode and locationType (Billing user guide, as above).
- A page token that is not known, and more than 100 results, are refused (InvalidNextTokenException, InvalidParameterException).

https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html
https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CostOptimization_UsageTypes.html

POST /_emulator/prices with {"refused": true} refuses every question from then on; {"prices": {usage type: {currency: price}}} says what
something costs; {"without": [region]} leaves a region out; {} mends it.
"""

import base64
import hashlib
import json

REGIONS = {
    "us-east-1": ("", "US East (N. Virginia)"),
    "us-east-2": ("USE2-", "US East (Ohio)"),
    "eu-central-1": ("EUC1-", "EU (Frankfurt)"),
    "ap-northeast-1": ("APN1-", "Asia Pacific (Tokyo)"),
}
# Of a large one, in the order of the regions above; a size costs as many times as much.
TYPES = {"m5": (0.096, 0.096, 0.115, 0.124), "c5": (0.085, 0.085, 0.097, 0.107), "r5": (0.126, 0.126, 0.152, 0.152)}
SIZES = {"large": 1, "xlarge": 2, "2xlarge": 4, "4xlarge": 8, "8xlarge": 16, "12xlarge": 24, "16xlarge": 32, "24xlarge": 48}
BURSTABLE = {"nano": 0.0625, "micro": 0.125, "small": 0.25, "medium": 0.5, "large": 1, "xlarge": 2, "2xlarge": 4}
# By service and family: usage type, unit, and what it costs in each region; attributes.
PAID = [
    ("AmazonEC2", "NAT Gateway", "NatGateway-Hours", "Hrs", (0.045, 0.045, 0.052, 0.062), {"operation": "NatGateway"}),
    ("AmazonEC2", "NAT Gateway", "NatGateway-Bytes", "Quantity", (0.045, 0.045, 0.052, 0.062), {"operation": "NatGateway"}),
    ("AmazonEC2", "NAT Gateway", "RegionalNatGateway-Hours", "Hrs", (0.09, 0.09, 0.1, 0.12), {"operation": "RegionalNatGateway"}),
    ("AmazonEC2", "Storage", "EBS:VolumeUsage.gp3", "GB-Mo", (0.08, 0.08, 0.0952, 0.096), {"volumeApiName": "gp3"}),
    ("AmazonEC2", "Storage", "EBS:VolumeUsage.gp2", "GB-Mo", (0.1, 0.1, 0.119, 0.12), {"volumeApiName": "gp2"}),
    ("AmazonEC2", "Storage", "EBS:VolumeUsage", "GB-Mo", (0.05, 0.05, 0.059, 0.08), {"volumeApiName": "standard"}),
    ("AmazonEC2", "System Operation", "EBS:VolumeP-IOPS.io2", "IOPS-Mo", (0.065, 0.065, 0.078, 0.074), {}),
    ("AmazonEC2", "System Operation", "EBS:VolumeP-IOPS.io2.tier2", "IOPS-Mo", (0.0455, 0.0455, 0.0546, 0.0518), {}),
    ("AmazonEC2", "Provisioned Throughput", "EBS:VolumeP-Throughput.gp3", "GiBps-mo", (40.96, 40.96, 48.7424, 49.152), {}),
    ("AmazonEC2", "Storage Snapshot", "EBS:SnapshotUsage", "GB-Mo", (0.05, 0.05, 0.054, 0.05), {}),
    ("AWSELB", "Load Balancer-Application", "LoadBalancerUsage", "Hrs", (0.0225, 0.0225, 0.027, 0.0243), {}),
    ("AWSELB", "Load Balancer-Application", "TS-LoadBalancerUsage", "Hrs", (0.005, 0.005, 0.006, 0.005), {}),
    ("AWSELB", "Load Balancer-Application", "LCUUsage", "LCU-Hrs", (0.008, 0.008, 0.008, 0.008), {}),
    ("AWSELB", "Load Balancer", "LoadBalancerUsage", "Hrs", (0.025, 0.025, 0.03, 0.027), {}),
    ("AmazonVPC", "VpcEndpoint", "VpcEndpoint-Hours", "Hrs", (0.01, 0.01, 0.012, 0.014), {"group": "VpcEndpoint"}),
    ("AmazonVPC", "", "PublicIPv4:InUseAddress", "Hrs", (0.005, 0.005, 0.005, 0.005), {"group": "VPCPublicIPv4Address"}),
    ("AmazonRDS", "Database Storage", "RDS:GP2-Storage", "GB-Mo", (0.115, 0.115, 0.137, 0.138), {"databaseEngine": "Any"}),
    ("AmazonRDS", "Database Storage", "RDS:GP3-Storage", "GB-Mo", (0.115, 0.115, 0.137, 0.138), {"databaseEngine": "Any"}),
    ("AmazonCloudWatch", "Storage Snapshot", "TimedStorage-ByteHrs", "GB-Mo", (0.03, 0.03, 0.0324, 0.033), {}),
    ("AmazonDynamoDB", "Provisioned IOPS", "WriteCapacityUnit-Hrs", "WriteCapacityUnit-Hrs", (0.00065, 0.00065, 0.000793, 0.000742), {}),
]
ENGINES = {"MySQL": (0.171, 0.171, 0.203, 0.235), "PostgreSQL": (0.178, 0.178, 0.212, 0.247)}

spoilt = {}


def product(service, family, usage, region, unit, tiers, **attributes):
    """An entry of a page: {from, usd} of each tier."""
    prefix, location = REGIONS.get(region, ("LAX1-", "US West (Los Angeles)"))
    usagetype = prefix + usage
    sku = hashlib.sha256(f"{service}{family}{usagetype}{attributes}".encode()).hexdigest()[:16].upper()
    offer = f"{sku}.JRTCKXETXF"
    given = spoilt.get("prices", {}).get(usagetype)
    dimensions = {
        f"{offer}.{number}": {
            "unit": unit,
            "beginRange": str(begin),
            "endRange": str(tiers[number + 1][0]) if number + 1 < len(tiers) else "Inf",
            "description": f"${usd} per {unit}",
            "appliesTo": [],
            "rateCode": f"{offer}.{number}",
            "pricePerUnit": given or {"USD": f"{usd:.10f}"},
        }
        for number, (begin, usd) in enumerate(tiers)
    }
    return {
        "product": {
            "productFamily": family,
            "sku": sku,
            "attributes": {
                "servicecode": service,
                "regionCode": region,
                "location": location,
                "locationType": "AWS Region" if region in REGIONS else "AWS Local Zone",
                "usagetype": usagetype,
                **attributes,
            },
        },
        "serviceCode": service,
        "terms": {
            "OnDemand": {
                offer: {
                    "priceDimensions": dimensions,
                    "sku": sku,
                    "effectiveDate": "2026-11-01T00:00:00Z",
                    "offerTermCode": "JRTCKXETXF",
                    "termAttributes": {},
                }
            }
        },
        "version": "20261101000000",
        "publicationDate": "2026-11-01T00:00:00Z",
    }


def instance(name, region, usd, system="Linux"):
    return product(
        "AmazonEC2",
        "Compute Instance",
        f"BoxUsage:{name}",
        region,
        "Hrs",
        [(0, usd)],
        instanceType=name,
        operatingSystem=system,
        tenancy="Shared",
        capacitystatus="Used",
        preInstalledSw="NA",
        licenseModel="No License required",
        marketoption="OnDemand",
    )


def database(engine, region, usd, deployment):
    usage = "InstanceUsage" if deployment == "Single-AZ" else "Multi-AZUsage"
    return product(
        "AmazonRDS",
        "Database Instance",
        f"{usage}:db.m5.large",
        region,
        "Hrs",
        [(0, usd)],
        instanceType="db.m5.large",
        databaseEngine=engine,
        deploymentOption=deployment,
        licenseModel="No license required",
    )


def products():
    for number, region in enumerate(REGIONS):
        if region in spoilt.get("without", []):
            continue
        for family, prices in TYPES.items():
            for size, times in SIZES.items():
                yield instance(f"{family}.{size}", region, prices[number] * times)
        for size, times in BURSTABLE.items():
            yield instance(f"t3.{size}", region, (0.0832, 0.0832, 0.096, 0.1088)[number] * times)
        yield instance("m5.large", region, (0.188, 0.188, 0.207, 0.216)[number], "Windows")
        for service, family, usage, unit, prices, attributes in PAID:
            yield product(service, family, usage, region, unit, [(0, prices[number])], **attributes)
        for engine, prices in ENGINES.items():
            yield database(engine, region, prices[number], "Single-AZ")
            yield database(engine, region, 2 * prices[number], "Multi-AZ")
            yield database(engine, region, 3.1, "Multi-AZ (readable standbys)")
        # The first 25 GB are free; the next tier is what is paid.
        yield product(
            "AmazonDynamoDB",
            "Database Storage",
            "TimedStorage-ByteHrs",
            region,
            "GB-Mo",
            [(0, 0), (25, (0.25, 0.25, 0.306, 0.285)[number])],
        )
    yield instance("t3.medium", "us-west-2-lax-1a", 0.0499)
    zone = product("AmazonRoute53", "DNS Zone", "HostedZone", "us-east-1", "Hosted Zone", [(0, 0.5), (25, 0.1)])
    zone["product"]["attributes"].update(regionCode="", location="Any", locationType="AWS Region")
    yield zone


def refused(code, message):
    body = json.dumps({"__type": code, "message": message}).encode()
    return "400 Bad Request", [("Content-Type", "application/x-amz-json-1.1")], body


def matches(entry, filters):
    fields = {"productFamily": entry["product"]["productFamily"], **entry["product"]["attributes"]}
    return all(fields.get(f["Field"]) == f["Value"] for f in filters)


def get_products(body):
    asked = json.loads(body or b"{}")
    if spoilt.get("refused"):
        return refused("AccessDeniedException", "User is not authorized to perform: pricing:GetProducts")
    size = asked.get("MaxResults", 100)
    if not 1 <= size <= 100 or any(f["Type"] != "TERM_MATCH" for f in asked.get("Filters", [])):
        return refused("InvalidParameterException", "Invalid parameter")
    try:
        offset = int(base64.urlsafe_b64decode(asked["NextToken"])) if asked.get("NextToken") else 0
    except ValueError:
        return refused("InvalidNextTokenException", "The next token is not known")
    found = [e for e in products() if e["serviceCode"] == asked["ServiceCode"] and matches(e, asked.get("Filters", []))]
    answer = {"FormatVersion": "aws_v1", "PriceList": [json.dumps(e) for e in found[offset : offset + size]]}
    if offset + size < len(found):
        answer["NextToken"] = base64.urlsafe_b64encode(str(offset + size).encode()).decode()
    return "200 OK", [("Content-Type", "application/x-amz-json-1.1")], json.dumps(answer).encode()
