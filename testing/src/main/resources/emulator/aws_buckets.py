"""S3's lifecycle as the API reference has it, where moto differs.

- A configuration is kept as it was put, field by field; moto forgets object sizes and newer noncurrent versions.
- The header x-amz-transition-default-minimum-object-size is kept with it; a put without it sets all_storage_classes_128K
  (S3 API reference, PutBucketLifecycleConfiguration; S3 user guide, Transitioning objects using Amazon S3 Lifecycle).
- A rule without an ID is given one (S3 API reference, LifecycleRule).
- Rules with a prefix of their own are the first form, rules with a filter the second; one configuration is of one form
  (https://github.com/aws/aws-sdk-ruby/issues/1653, https://github.com/noobaa/noobaa-core/issues/8426).
"""

import re
import uuid
import xml.etree.ElementTree as ET

import moto.s3.models as models
import moto.s3.responses as responses
from moto.s3.exceptions import NoSuchLifecycleConfiguration, S3ClientError

HEADER = "x-amz-transition-default-minimum-object-size"
STANDARD = "all_storage_classes_128K"
NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"


class InvalidRequest(S3ClientError):
    code = 400

    def __init__(self, message):
        super().__init__("InvalidRequest", message)


def plain(body):
    """The document without namespaces."""
    root = ET.fromstring(body)
    for element in root.iter():
        element.tag = re.sub(r"^\{[^}]*\}", "", element.tag)
    return root


moto_put = responses.S3Response._bucket_response_put


def put(self, request, bucket_name, querystring):
    if "lifecycle" not in querystring:
        return moto_put(self, request, bucket_name, querystring)
    root = plain(self.body)
    rules = root.findall("Rule")
    if any(r.find("Prefix") is not None for r in rules) and any(r.find("Filter") is not None for r in rules):
        raise InvalidRequest("Filter element can only be used in Lifecycle V2.")
    for rule in rules:
        if rule.find("ID") is None:
            ET.SubElement(rule, "ID").text = uuid.uuid4().hex
    answer = moto_put(self, request, bucket_name, querystring)
    root.set("xmlns", NAMESPACE)
    bucket = self.backend.get_bucket(bucket_name)
    bucket.lifecycle = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    bucket.least_size = request.headers.get(HEADER) or STANDARD
    return answer


responses.S3Response._bucket_response_put = put


def get(self):
    bucket = self.backend.get_bucket(self.bucket_name)
    if not bucket.rules:
        raise NoSuchLifecycleConfiguration(bucket_name=self.bucket_name)
    return 200, {HEADER: bucket.least_size, "Content-Type": "application/xml"}, bucket.lifecycle


responses.S3Response.get_bucket_lifecycle = get
models.FakeBucket.least_size = STANDARD
