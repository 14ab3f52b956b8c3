"""Tags as AWS takes them. moto takes any.

- 50 a resource; those that begin with aws: are not counted, and nobody but AWS writes one (EC2 user guide, Tag your
  Amazon EC2 resources, Tag restrictions). Here the administrator of a test's account plays AWS.
- In RDS neither a key nor a value begins with aws: or rds: (RDS API reference, Tag).
"""

import re
from collections import defaultdict

import moto.ec2.models.tags as tags
from moto.ec2.exceptions import TagLimitExceeded

MOST = 50
TAG = re.compile(r"(?:(?P<of>TagSpecification\.\d+)\.)?(?:Tag|Tags\.Tag|Tags\.member)\.\d+\.(?P<part>Key|Value)")
RESERVED = {"ec2": {"Key": ("aws:",)}, "rds": {"Key": ("aws:", "rds:"), "Value": ("aws:", "rds:")}}
CODES = {"ec2": ("InvalidParameterValue", "TagLimitExceeded"), "rds": ("InvalidParameterValue", "TagQuotaExceeded")}


def refused(service, form):
    """The code and the words with which AWS refuses the request's tags; None where it takes them."""
    if service not in RESERVED:
        return None
    counts = defaultdict(int)
    for name, value in form.items():
        match = TAG.fullmatch(name)
        if not match:
            continue
        if value.lower().startswith(RESERVED[service].get(match["part"], ())):
            return CODES[service][0], f"Tag {match['part'].lower()} '{value}' begins with a prefix that is reserved for internal use"
        counts[match["of"]] += match["part"] == "Key"
    if any(count > MOST for count in counts.values()):
        return CODES[service][1], f"More than {MOST} tags"
    return None


moto_create_tags = tags.TagBackend.create_tags


def own(keys):
    return {key for key in keys if not key.startswith("aws:")}


def create_tags(self, resource_ids, tags):
    for resource in resource_ids:
        if len(own(self.tags.get(resource, {})) | own(tags)) > MOST:
            raise TagLimitExceeded()
    if None in tags.values():
        return moto_create_tags(self, resource_ids, tags)
    for resource in resource_ids:
        self.tags[resource].update(tags)
    return True


tags.TagBackend.create_tags = create_tags
