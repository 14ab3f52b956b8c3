"""The tagging API, asked for single resources. moto makes pages of such an answer, and knows the tags of few services.

Resource Groups Tagging API reference, GetResources: ResourceARNList takes 100 names at most and neither a filter nor a
parameter for pages beside it; who does not exist is left out; "GetResources does not return untagged resources", one
that had tags has an empty list. The reference, "Services that support the Resource Groups Tagging API": GetResources
supports all resource types, and not IAM users and roles, nor Auto Scaling groups.
"""

from moto.backends import get_backend
from moto.core.resource_tagging import TaggedResource
from moto.core.responses import ActionResult
from moto.resourcegroupstaggingapi import responses
from moto.resourcegroupstaggingapi.exceptions import ResourceGroupsTaggingAPIError

MOST = 100
ALONE = ("TagFilters", "ResourceTypeFilters", "ResourcesPerPage", "TagsPerPage", "PaginationToken")
SILENT = ("iam", "autoscaling")


def kept_by_arn(name, attribute="tagger"):
    """Where a service keeps them by the resource's ARN."""
    return lambda account, region, arn: getattr(get_backend(name)[account][region], attribute).get_tag_dict_for_resource(arn)


def stream(account, region, arn):
    found = get_backend("kinesis")[account][region].streams.get(arn.split("/")[-1])
    return found.tags if found else {}


def api(account, region, arn):
    kind, name = arn.split("/")[1:3]
    if kind == "apis":
        return kept_by_arn("apigatewayv2")(account, region, arn)
    found = get_backend("apigateway")[account][region].apis.get(name)
    return found.tags or {} if found else {}


def pool(account, region, arn):
    found = get_backend("cognito-idp")[account][region].user_pools.get(arn.split("/")[-1])
    return found.extended_config.get("UserPoolTags") or {} if found else {}


def zone(account, region, arn):
    return get_backend("route53")[account]["aws"].resource_tags.get(arn.split("/")[-1], {})


def pipeline(account, region, arn):
    found = get_backend("codepipeline")[account][region].pipelines.get(arn.split(":")[-1])
    return found.tags if found else {}


# By the prefix in the ARN, where moto's own tagging API does not look.
OTHERS = {
    "apigateway": api,
    "batch": kept_by_arn("batch"),
    "cloudtrail": kept_by_arn("cloudtrail", "tagging_service"),
    "codepipeline": pipeline,
    "cognito-idp": pool,
    "dax": kept_by_arn("dax", "_tagger"),
    "ecr": kept_by_arn("ecr"),
    "es": kept_by_arn("opensearch"),
    "kinesis": stream,
    "memorydb": kept_by_arn("memorydb"),
    "mq": kept_by_arn("mq"),
    "network-firewall": kept_by_arn("networkfirewall"),
    "route53": zone,
    "wafv2": kept_by_arn("wafv2", "tagging_service"),
}

moto_get_resources = responses.ResourceGroupsTaggingAPIResponse.get_resources


def tagged(backend, arns):
    for resource in backend._get_resources_generator(resource_arn_list=arns):
        if resource.arn.split(":")[2] not in SILENT:
            yield resource
    for arn in arns:
        service, region = (arn.split(":") + [""] * 4)[2:4]
        if service not in OTHERS or (region or "us-east-1") != backend.region_name:
            continue
        tags = OTHERS[service](backend.account_id, backend.region_name, arn)
        if tags:
            yield TaggedResource(arn=arn, tags=tags, resource_type=service)


def get_resources(self):
    arns = self._get_param("ResourceARNList", [])
    if not arns:
        return moto_get_resources(self)
    if len(arns) > MOST or any(self._get_param(name) for name in ALONE):
        raise ResourceGroupsTaggingAPIError("InvalidParameterException", "ResourceARNList: 100 at most, and alone")
    mappings = [
        {"ResourceARN": r.arn, "Tags": [{"Key": k, "Value": v} for k, v in r.tags.items()]} for r in tagged(self.backend, arns)
    ]
    return ActionResult({"ResourceTagMappingList": mappings, "PaginationToken": ""})


responses.ResourceGroupsTaggingAPIResponse.get_resources = get_resources
