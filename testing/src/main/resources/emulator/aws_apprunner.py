"""App Runner, which moto does not have: services that are made, listed, described, paused and tagged.

https://docs.aws.amazon.com/apprunner/latest/api/API_Operations.html
"""

import json
import time
import uuid
from collections import defaultdict

# By account and region.
services = defaultdict(dict)
SUMMARY = ("ServiceName", "ServiceId", "ServiceArn", "ServiceUrl", "CreatedAt", "UpdatedAt", "Status")


def create(own, account, region, asked, now):
    identity = uuid.uuid4().hex
    arn = f"arn:aws:apprunner:{region}:{account}:service/{asked['ServiceName']}/{identity}"
    own[arn] = {
        "ServiceName": asked["ServiceName"],
        "ServiceId": identity,
        "ServiceArn": arn,
        "ServiceUrl": f"{identity[:10]}.{region}.awsapprunner.com",
        "CreatedAt": now,
        "UpdatedAt": now,
        "Status": "RUNNING",
        "SourceConfiguration": asked["SourceConfiguration"],
        "InstanceConfiguration": {"Cpu": "1024", "Memory": "2048", **asked.get("InstanceConfiguration", {})},
        "Tags": asked.get("Tags", []),
    }
    return {"Service": shown(own[arn]), "OperationId": uuid.uuid4().hex}


def shown(service):
    return {name: value for name, value in service.items() if name != "Tags"}


def listed(own, asked):
    every = list(own.values())
    first = int(asked.get("NextToken") or 0)
    last = first + int(asked.get("MaxResults") or len(every))
    page = [{name: service[name] for name in SUMMARY} for service in every[first:last]]
    return {"ServiceSummaryList": page, **({"NextToken": str(last)} if last < len(every) else {})}


def answer(operation, body, account, region, clock):
    """The status and the document that App Runner answers."""
    asked = json.loads(body or b"{}")
    own = services[account, region]
    now = clock.timestamp() if clock else time.time()
    if operation == "CreateService":
        return "200 OK", create(own, account, region, asked, now)
    if operation == "ListServices":
        return "200 OK", listed(own, asked)
    service = own.get(asked.get("ServiceArn") or asked.get("ResourceArn"))
    if service is None:
        return "400 Bad Request", {"__type": "ResourceNotFoundException", "Message": "there is no such service"}
    if operation == "ListTagsForResource":
        return "200 OK", {"Tags": service["Tags"]}
    if operation == "PauseService":
        service.update(Status="PAUSED", UpdatedAt=now)
    return "200 OK", {"Service": shown(service)}
