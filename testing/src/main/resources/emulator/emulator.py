"""The emulated AWS: moto in this process, with what it lacks.

Added: External ID, trust policy and role existence on AssumeRole; unknown and expired credentials; paging of EC2
describes; a correct and indexed CloudWatch; a clock per request, so that a resource can be given an age; the
right error when a volume is gone. A header "x-emulator-clock" (ISO 8601) sets the time a request is carried out at; a
header "x-moto-account-id" makes the caller the owner of that account, as its administrator would be.

POST /_emulator/metrics with {metric name: {"status", "messages", "omit"}, "*": {"messages", "token"}} spoils what CloudWatch
answers from then on (API reference, MetricDataResult: StatusCode, Messages; GetMetricData: Messages, NextToken); {} mends it.
POST /_emulator/costs with {resource: {day: dollars}} says what Cost Explorer knows of a resource.
POST /_emulator/made makes a resource of a kind, as made.py says.
POST /_emulator/prices spoils the Price List (aws_pricing.py).
POST /_emulator/expire makes every session issued so far an expired one; GET /_emulator/ready answers 200.
"""

import argparse
import base64
import bisect
import datetime
import io
import json
import os
import re
import shutil
import signal
import threading
import types
import urllib.parse
import xml.etree.ElementTree as ET
from collections import defaultdict

os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
os.environ.setdefault("MOTO_RDS_SNAPSHOT_LIMIT", "100000")

REAL = datetime.datetime
request_state = threading.local()


class RequestClock(datetime.datetime):
    """Tells the time that the current request was given, else the real one."""

    @classmethod
    def utcnow(cls):
        given = getattr(request_state, "clock", None)
        return given or REAL.now(datetime.timezone.utc).replace(tzinfo=None)

    @classmethod
    def now(cls, tz=None):
        moment = cls.utcnow().replace(tzinfo=datetime.timezone.utc)
        return moment.astimezone(tz) if tz else moment.replace(tzinfo=None)


def with_clock(module):
    """A copy of the module datetime whose datetime class is the clock."""
    names = {name: getattr(datetime, name) for name in dir(datetime) if not name.startswith("__")}
    clocked = types.ModuleType("datetime")
    clocked.__dict__.update(names, datetime=RequestClock)
    module.datetime = clocked


import moto.core.utils  # noqa: E402
import moto.s3.models  # noqa: E402

with_clock(moto.core.utils)
with_clock(moto.s3.models)

import moto.cloudwatch.models as cloudwatch  # noqa: E402
import moto.cloudwatch.responses as cloudwatch_responses  # noqa: E402
import moto.ec2.models.availability_zones_and_regions as regions  # noqa: E402
import moto.ec2.models.elastic_block_store as ebs  # noqa: E402
import moto.elbv2.exceptions as elbv2_exceptions  # noqa: E402
import moto.elbv2.models as elbv2  # noqa: E402
import moto.logs.models as logs  # noqa: E402
import moto.ssm.models as ssm  # noqa: E402
import moto.s3.responses as s3_responses  # noqa: E402
from moto.core.responses import ActionResult  # noqa: E402
from moto.iam.models import iam_backends  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from moto.sts.models import sts_backends  # noqa: E402
from werkzeug.serving import WSGIRequestHandler, run_simple  # noqa: E402

# --- CloudWatch: by namespace, name and the whole set of dimensions, in order of time ---


def series_key(namespace, name, dimensions):
    return namespace, name, frozenset((d["Name"], d["Value"]) for d in dimensions or [])


def naive(moment):
    if isinstance(moment, str):
        moment = REAL.fromisoformat(moment.replace("Z", "+00:00"))
    return moment.astimezone(datetime.timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment


def put_metric_data(self, namespace, metric_data):
    index = self.__dict__.setdefault("series", defaultdict(list))
    for datum in metric_data:
        moment = naive(datum.get("Timestamp") or RequestClock.utcnow())
        statistics = datum.get("StatisticValues")
        if statistics:
            point = tuple(float(statistics[k]) for k in ("SampleCount", "Sum", "Minimum", "Maximum"))
        else:
            values = [float(v) for v in datum.get("Values") or [datum.get("Value", 0)]]
            counts = [float(c) for c in datum.get("Counts") or [1] * len(values)]
            total = sum(v * c for v, c in zip(values, counts))
            point = (sum(counts), total, min(values), max(values))
        bisect.insort(index[series_key(namespace, datum["MetricName"], datum.get("Dimensions"))], (moment, point))


def aggregate(points, statistic):
    count = sum(p[0] for p in points)
    total = sum(p[1] for p in points)
    return {
        "SampleCount": count,
        "Sum": total,
        "Average": total / count if count else 0,
        "Minimum": min(p[2] for p in points),
        "Maximum": max(p[3] for p in points),
    }.get(statistic, max(p[3] for p in points))


def get_metric_data(self, queries, start_time, end_time, scan_by="TimestampDescending"):
    index = self.__dict__.setdefault("series", defaultdict(list))
    start, end = naive(start_time), naive(end_time)
    results = []
    for query in queries:
        stat = query.get("MetricStat")
        if not stat:
            continue
        metric, period = stat["Metric"], int(stat["Period"])
        named = metric["Namespace"], metric["MetricName"], metric.get("Dimensions")
        points = index.get(series_key(*named)) or aws_volumes.idle_time(self.account_id, self.region_name, *named, start, end) or []
        first = bisect.bisect_left(points, (start,))
        last = bisect.bisect_left(points, (end,))
        buckets = defaultdict(list)
        for moment, point in points[first:last]:
            buckets[int((moment - start).total_seconds() // period)].append(point)
        order = sorted(buckets, reverse=scan_by != "TimestampAscending")
        results.append(
            {
                "id": query["Id"],
                "label": query.get("Label") or metric["MetricName"],
                "values": [aggregate(buckets[b], stat["Stat"]) for b in order],
                "timestamps": [start + datetime.timedelta(seconds=b * period) for b in order],
                "status_code": "Complete",
            }
        )
    return results


cloudwatch.CloudWatchBackend.put_metric_data = put_metric_data
cloudwatch.CloudWatchBackend.get_metric_data = get_metric_data

spoilt = {}
moto_get_metric_data = cloudwatch_responses.CloudWatchResponse.get_metric_data


def spoilt_metric_data(self):
    """What was asked, with what a test says of single metrics and of the answer as a whole."""
    answer = moto_get_metric_data(self).result
    names = {
        q["Id"]: q["MetricStat"]["Metric"]["MetricName"] for q in self._get_params().get("MetricDataQueries", [])
    }
    kept = []
    for result in answer["MetricDataResults"]:
        spoil = spoilt.get(names.get(result["id"]), {})
        if spoil.get("omit"):
            continue
        if "status" in spoil:
            result["status_code"] = spoil["status"]
        if "messages" in spoil:
            result["messages"] = [{"code": "ArithmeticError", "value": m} for m in spoil["messages"]]
        kept.append(result)
    whole = spoilt.get("*", {})
    answer = {"MetricDataResults": kept}
    if "messages" in whole:
        answer["Messages"] = [{"Code": "MaxMetricsExceeded", "Value": m} for m in whole["messages"]]
    if "token" in whole:
        answer["NextToken"] = whole["token"]
    return ActionResult(answer)


cloudwatch_responses.CloudWatchResponse.get_metric_data = spoilt_metric_data

# --- EBS: name the volume that is gone, and only that one ---

moto_describe_volumes = ebs.EBSBackend.describe_volumes


def describe_volumes(self, volume_ids=None, filters=None):
    for volume_id in volume_ids or []:
        if volume_id not in self.volumes:
            raise ebs.InvalidVolumeIdError(volume_id)
    return moto_describe_volumes(self, volume_ids, filters)


ebs.EBSBackend.describe_volumes = describe_volumes

# --- Load balancers: one that is protected is not deleted (ELB API reference, DeleteLoadBalancer) ---

moto_delete_load_balancer = elbv2.ELBv2Backend.delete_load_balancer


def delete_load_balancer(self, arn):
    balancer = self.load_balancers.get(arn)
    if balancer and balancer.attrs.get("deletion_protection.enabled") == "true":
        message = f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
        raise elbv2_exceptions.ELBClientError("OperationNotPermitted", message)
    return moto_delete_load_balancer(self, arn)


elbv2.ELBv2Backend.delete_load_balancer = delete_load_balancer

# --- Parameters: by their data type and tier (Systems Manager API reference, ParameterStringFilter) ---

moto_describe_parameters = ssm.SimpleSystemManagerBackend.describe_parameters
PARAMETER_FILTERS = {"DataType": lambda p: p.data_type, "Tier": lambda p: p.tier or "Standard"}


def describe_parameters(self, filters, parameter_filters):
    wanted = [f for f in parameter_filters or [] if f["Key"] in PARAMETER_FILTERS]
    others = [f for f in parameter_filters or [] if f["Key"] not in PARAMETER_FILTERS]
    found = moto_describe_parameters(self, filters, others)
    return [p for p in found if all(PARAMETER_FILTERS[f["Key"]](p) in f["Values"] for f in wanted)]


ssm.SimpleSystemManagerBackend.describe_parameters = describe_parameters

# --- S3: a listing in pages says where each bucket is, and goes on after its token ---
# (S3 API reference, ListBuckets: BucketRegion is given when the request has a parameter; ContinuationToken when more follow)

moto_all_buckets = s3_responses.S3Response.all_buckets


def all_buckets(self):
    size = self._get_param("max-buckets")
    region = self._get_param("bucket-region")
    prefix = self._get_param("prefix")
    token = self._get_param("continuation-token")
    if not (size or region or prefix or token):
        return moto_all_buckets(self)
    self.data["Action"] = "ListAllMyBuckets"
    self._authenticate_and_authorize_s3_action()
    found = sorted(self.backend.list_buckets(prefix=prefix, bucket_region=region, max_buckets=None), key=lambda b: b.name)
    after = base64.urlsafe_b64decode(token).decode() if token else ""
    rest = [b for b in found if b.name > after]
    answer = rest[: int(size)] if size else rest
    result = {
        "Owner": {"ID": "bcaf1ffd86f41161ca5fb16fd081034f"},
        "Buckets": [
            {"Name": b.name, "CreationDate": b.creation_date_ISO8601, "BucketRegion": b.region_name} for b in answer
        ],
    }
    if prefix:
        result["Prefix"] = prefix
    if len(answer) < len(rest):
        result["ContinuationToken"] = base64.urlsafe_b64encode(answer[-1].name.encode()).decode()
    self.data["Action"] = "ListBuckets"
    return self.serialized(ActionResult(result))


s3_responses.S3Response.all_buckets = all_buckets

import aws_addresses  # noqa: E402, F401
import aws_apprunner  # noqa: E402
import aws_buckets  # noqa: E402, F401
import aws_databases  # noqa: E402, F401
import aws_images  # noqa: E402, F401
import aws_instances  # noqa: E402, F401
import aws_logs  # noqa: E402, F401
import aws_management  # noqa: E402, F401
import aws_pricing  # noqa: E402
import aws_sessions  # noqa: E402
import aws_tagging  # noqa: E402, F401
import aws_tags  # noqa: E402
import aws_volumes  # noqa: E402
import lookups  # noqa: E402, F401

import aws_keys  # noqa: E402, isort: skip (over what the others say of volumes)

# --- Regions: those that an ordinary account has enabled ---

ENABLED = (
    "ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1 "
    "eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2"
).split()
moto_describe_regions = regions.RegionsAndZonesBackend.describe_regions


def describe_regions(self, region_names=None):
    return [r for r in moto_describe_regions(self, region_names) if r.name in ENABLED]


regions.RegionsAndZonesBackend.describe_regions = describe_regions

# --- Logs: a group may say how much it stores, so that a test need not write gigabytes ---

moto_describe_group = logs.LogGroup.to_describe_dict


def describe_group(self):
    described = moto_describe_group(self)
    region, account = self.arn.split(":")[3:5]
    tags = logs.logs_backends[account][region].list_tags_for_resource(self.arn)
    if "emulator:stored-bytes" in tags:
        described["storedBytes"] = int(tags["emulator:stored-bytes"])
    return described


logs.LogGroup.to_describe_dict = describe_group

# --- Who calls, and may they ---

PLATFORM_ACCOUNT = "123456789012"
expired_before = [REAL.min]


def as_list(value):
    return value if isinstance(value, list) else [value]


def session_of(key):
    for account in list(sts_backends.values()):
        for backend in list(account.values()):
            session = backend.get_assumed_role_from_access_key(key)
            if session:
                return session
    return None


def iam_key(key):
    for account in list(iam_backends.values()):
        for backend in list(account.values()):
            if key in backend.access_keys:
                return backend.access_keys[key]
    return None


def caller_of(key):
    """The ARNs by which a trust policy may name the caller."""
    session = session_of(key)
    if session:
        account = session.role_arn.split(":")[4]
        return {session.role_arn, session.arn, f"arn:aws:iam::{account}:root", account, "*"}
    return {
        f"arn:aws:sts::{PLATFORM_ACCOUNT}:user/moto",
        f"arn:aws:iam::{PLATFORM_ACCOUNT}:user/moto",
        f"arn:aws:iam::{PLATFORM_ACCOUNT}:root",
        PLATFORM_ACCOUNT,
        "*",
    }


def holds(conditions, external_id, caller):
    for operator, tests in conditions.items():
        for name, wanted in tests.items():
            key = name.lower()
            if key == "sts:externalid":
                given = {external_id} if external_id is not None else set()
            elif key == "aws:principalarn":
                given = caller
            else:
                return False
            if operator.startswith("StringLike") or operator.startswith("ArnLike"):
                patterns = [re.escape(w).replace(r"\*", ".*") for w in as_list(wanted)]
                if not any(re.fullmatch(p, g) for p in patterns for g in given):
                    return False
            elif not given & set(as_list(wanted)):
                return False
    return True


def role_of(arn):
    match = re.fullmatch(r"arn:aws:iam::(\d{12}):role/(.+)", arn or "")
    if not match or match[1] not in iam_backends:
        return None
    return next((r for r in iam_backends[match[1]]["aws"].roles.values() if r.arn == arn), None)


def may_assume(role, external_id, key):
    if role is None:
        return False
    document = role.assume_role_policy_document
    document = json.loads(document) if isinstance(document, str) else document
    caller = caller_of(key)
    for statement in as_list(document["Statement"]):
        if statement.get("Effect") != "Allow" or "sts:AssumeRole" not in as_list(statement.get("Action")):
            continue
        principal = statement.get("Principal", {})
        named = {"*"} if principal == "*" else set(as_list(principal.get("AWS", [])))
        if named & caller and holds(statement.get("Condition", {}), external_id, caller):
            return True
    return False


# --- Errors in the caller's own protocol ---

# Services that take and answer JSON by path, whose requests need not say so (restJson1 of Smithy).
REST_JSON = frozenset("apigateway appsync backup batch eks elasticfilesystem es kafka lambda mq".split())


def error(status, code, message, environ, service):
    content = environ.get("CONTENT_TYPE", "")
    if "amz-json" in content or service in REST_JSON:
        body = json.dumps({"__type": code, "message": message, "Message": message})
        kind = content or "application/json"
        headers = [("Content-Type", kind), ("x-amzn-ErrorType", code)]
    elif service == "ec2":
        body = f"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors><RequestID>emulated</RequestID></Response>"
        headers = [("Content-Type", "text/xml")]
    elif service == "s3":
        body = f"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>emulated</RequestId></Error>"
        headers = [("Content-Type", "application/xml")]
    else:
        body = f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>emulated</RequestId></ErrorResponse>"
        headers = [("Content-Type", "text/xml")]
    return status, headers, body.encode()


# --- Paging of EC2 describes ---

PAGED = {
    "DescribeInstances": "reservationSet",
    "DescribeVolumes": "volumeSet",
    "DescribeSnapshots": "snapshotSet",
    "DescribeImages": "imagesSet",
    "DescribeNatGateways": "natGatewaySet",
    "DescribeNetworkInterfaces": "networkInterfaceSet",
}


def page(body, set_name, size, offset):
    namespace = re.search(rb'xmlns="([^"]+)"', body)
    uri = namespace[1].decode() if namespace else ""
    if uri:
        ET.register_namespace("", uri)
    root = ET.fromstring(body)
    prefix = f"{{{uri}}}" if uri else ""
    items = root.find(prefix + set_name)
    if items is None:
        return body
    every = list(items)
    for item in every[:offset] + every[offset + size :]:
        items.remove(item)
    for old in root.findall(prefix + "nextToken"):
        root.remove(old)
    if offset + size < len(every):
        token = ET.SubElement(root, prefix + "nextToken")
        token.text = base64.urlsafe_b64encode(str(offset + size).encode()).decode()
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


# --- Cost Explorer by resource: what a test says it billed ---

billed = {}


def costs(body):
    """GetCostAndUsageWithResources for one resource, day by day."""
    asked = json.loads(body or b"{}")
    days = billed.get(asked["Filter"]["Dimensions"]["Values"][0], {})
    start, end = (REAL.fromisoformat(asked["TimePeriod"][k]) for k in ("Start", "End"))
    results = []
    for offset in range((end - start).days):
        day = (start + datetime.timedelta(days=offset)).date()
        if day.isoformat() not in days:
            continue
        results.append(
            {
                "TimePeriod": {
                    "Start": day.isoformat(),
                    "End": (day + datetime.timedelta(days=1)).isoformat(),
                },
                "Total": {"UnblendedCost": {"Amount": str(days[day.isoformat()]), "Unit": "USD"}},
                "Groups": [],
                "Estimated": False,
            }
        )
    return "200 OK", [("Content-Type", "application/x-amz-json-1.1")], json.dumps({"ResultsByTime": results}).encode()


class Emulator:
    def __init__(self, strict):
        self.moto = DomainDispatcherApplication(create_backend_app)
        self.strict = strict
        self.lock = threading.Lock()

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if path.startswith("/_emulator/"):
            if path.endswith("/expire"):
                expired_before[0] = REAL.now(datetime.timezone.utc).replace(tzinfo=None)
            if path.endswith("/metrics"):
                length = int(environ.get("CONTENT_LENGTH") or 0)
                spoilt.clear()
                spoilt.update(json.loads(environ["wsgi.input"].read(length)))
            if path.endswith("/made"):
                return self.made(environ, start_response)
            if path.endswith("/prices"):
                length = int(environ.get("CONTENT_LENGTH") or 0)
                aws_pricing.spoilt.clear()
                aws_pricing.spoilt.update(json.loads(environ["wsgi.input"].read(length)))
            if path.endswith("/costs"):
                length = int(environ.get("CONTENT_LENGTH") or 0)
                billed.update(json.loads(environ["wsgi.input"].read(length)))
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b"ok"]
        request_state.clock = None
        aws_keys.caller.session = None
        clock = environ.get("HTTP_X_EMULATOR_CLOCK")
        if clock:
            request_state.clock = naive(clock)
        try:
            status, headers, body = self.answer(environ)
        finally:
            request_state.clock = None
        headers = [h for h in headers if h[0].lower() not in ("content-length", "connection")]
        if environ["REQUEST_METHOD"] == "HEAD":
            length = next((h for h in headers if h[0].lower() == "content-length"), None)
            start_response(status, headers + ([length] if length else []))
            return []
        start_response(status, headers + [("Content-Length", str(len(body)))])
        return [body]

    def made(self, environ, start_response):
        """One of the kind that is asked for, in the table of made.py."""
        import made

        asked = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        made_id = made.make(f"http://127.0.0.1:{environ['SERVER_PORT']}", asked["kind"], asked["account"], asked["region"])
        start_response("404 Not Found" if made_id is None else "200 OK", [("Content-Type", "text/plain")])
        return [str(made_id).encode()]

    def answer(self, environ):
        authorization = environ.get("HTTP_AUTHORIZATION", "")
        scope = re.search(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/", authorization)
        key, region, service = scope.groups() if scope else (None, "us-east-1", "")
        form = {}
        raw = None
        if environ["REQUEST_METHOD"] == "POST" and "x-www-form-urlencoded" in environ.get("CONTENT_TYPE", ""):
            length = int(environ.get("CONTENT_LENGTH") or 0)
            raw = environ["wsgi.input"].read(length)
            form = dict(urllib.parse.parse_qsl(raw.decode(), keep_blank_values=True))
        refused = None if "HTTP_X_MOTO_ACCOUNT_ID" in environ else self.refusal(environ, key, service, form)
        if refused:
            return refused
        if environ.get("HTTP_X_AMZ_TARGET", "").endswith(".GetCostAndUsageWithResources"):
            length = int(environ.get("CONTENT_LENGTH") or 0)
            return costs(environ["wsgi.input"].read(length))
        if environ.get("HTTP_X_AMZ_TARGET", "").startswith("AppRunner."):
            length = int(environ.get("CONTENT_LENGTH") or 0)
            session = session_of(key)
            account = environ.get("HTTP_X_MOTO_ACCOUNT_ID") or (session.role_arn.split(":")[4] if session else PLATFORM_ACCOUNT)
            asked = environ["wsgi.input"].read(length)
            status, told = aws_apprunner.answer(
                environ["HTTP_X_AMZ_TARGET"].split(".")[-1], asked, account, region, request_state.clock
            )
            return status, [("Content-Type", "application/x-amz-json-1.0")], json.dumps(told).encode()
        if environ.get("HTTP_X_AMZ_TARGET", "").endswith("AWSPriceListService.GetProducts"):
            length = int(environ.get("CONTENT_LENGTH") or 0)
            return aws_pricing.get_products(environ["wsgi.input"].read(length))
        size, offset = None, 0
        action = form.get("Action")
        if service == "ec2" and action in PAGED:
            size = int(form.pop("MaxResults", 0)) or None
            token = form.pop("NextToken", None)
            offset = int(base64.urlsafe_b64decode(token)) if token else 0
            size = size or (1000 if offset else None)
            raw = urllib.parse.urlencode(form).encode()
        if raw is not None:
            environ["wsgi.input"] = io.BytesIO(raw)
            environ["CONTENT_LENGTH"] = str(len(raw))
        status, headers, body = self.forward(environ)
        if size and status.startswith("200"):
            body = page(body, PAGED[action], size, offset)
        return status, headers, body

    def refusal(self, environ, key, service, form):
        if form.get("Action") == "AssumeRole":
            role = role_of(form.get("RoleArn"))
            if not may_assume(role, form.get("ExternalId"), key):
                message = f"User is not authorized to perform: sts:AssumeRole on resource: {form.get('RoleArn')}"
                return error("403 Forbidden", "AccessDenied", message, environ, service)
            invalid = aws_sessions.refused(form, role)
            return error("400 Bad Request", "ValidationError", invalid, environ, service) if invalid else None
        if key is None:
            return None
        session = session_of(key)
        if session:
            created = session.expiration - datetime.timedelta(hours=1)
            if created < expired_before[0] or session.expiration < RequestClock.utcnow():
                said = aws_sessions.expired(service, environ.get("CONTENT_TYPE", ""))
                return error(*said, "The security token included in the request is expired", environ, service)
            aws_keys.caller.session = session
            key_refused = aws_keys.refused(environ.get("HTTP_X_AMZ_TARGET", "")) if service == "kms" else None
            if key_refused:
                return error("400 Bad Request", "AccessDeniedException", key_refused, environ, service)
            tags = aws_tags.refused(service, form)
            return error("400 Bad Request", *tags, environ, service) if tags else None
        if self.strict and not key.startswith("PLATFORM") and iam_key(key) is None:
            said = aws_sessions.unknown(service, environ.get("CONTENT_TYPE", ""))
            return error(*said, "The security token included in the request is invalid", environ, service)
        return None

    def forward(self, environ):
        answer = {}

        def start(status, headers, exc_info=None):
            answer["status"], answer["headers"] = status, headers

        # moto's stores are plain dictionaries: one request at a time keeps them whole.
        with self.lock:
            chunks = self.moto(environ, start)
            body = b"".join(chunks)
            close = getattr(chunks, "close", None)
            if close:
                close()
        return answer["status"], answer["headers"], body


class QuietHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *args):
        pass


def end_with_stdin(scratch):
    """Ends this process when whoever started it is gone, by whatever signal: the system closes its end of the pipe."""
    # Control-C reaches everything in the terminal; when the end comes is for our starter to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait():
        while os.read(0, 4096):
            pass
        if scratch:
            shutil.rmtree(scratch, ignore_errors=True)
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--lenient", action="store_true", help="accept unknown access keys")
    parser.add_argument("--until-stdin-ends", action="store_true", help="end when the standard input does")
    parser.add_argument("--scratch", help="a folder to remove then")
    parser.add_argument("--regions", type=lambda names: names.split(","), default=ENABLED, help="those that are enabled")
    arguments = parser.parse_args()
    ENABLED[:] = arguments.regions
    if arguments.until_stdin_ends:
        end_with_stdin(arguments.scratch)
    run_simple("127.0.0.1", arguments.port, Emulator(not arguments.lenient), threaded=True, request_handler=QuietHandler)


if __name__ == "__main__":
    main()
