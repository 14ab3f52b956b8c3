"""Serverless, containers and management as AWS's documentation has them, where moto differs.

- PutCompositeAlarm makes an alarm on alarms; DescribeAlarms answers alarms on metrics alone unless AlarmTypes asks for
  others (CloudWatch API reference, PutCompositeAlarm, DescribeAlarms). Dashboards have tags (TagResource).
- An environment of Elastic Beanstalk has an id, which begins with e- (Elastic Beanstalk API reference,
  EnvironmentDescription).
- WorkSpaces tell when a user was last connected (WorkSpaces API reference, DescribeWorkspacesConnectionStatus). Here a
  tag says when, and without it nobody was.
- CodePipeline writes times as numbers (CodePipeline API reference, PipelineSummary). User pools and servers of Transfer
  Family answer for their tags (ListTagsForResource).
"""

import json
import uuid

import moto.cloudwatch.models as cloudwatch
import moto.codepipeline.models as codepipeline
import moto.cloudwatch.responses as cloudwatch_responses
import moto.elasticbeanstalk.models as beanstalk
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult
from moto.core.utils import unix_time
from moto.transfer.responses import TransferResponse
from moto.workspaces.responses import WorkSpacesResponse

Response = cloudwatch_responses.CloudWatchResponse
Response.put_composite_alarm = Response.put_metric_alarm
moto_describe_alarms = Response.describe_alarms
moto_tag = cloudwatch.CloudWatchBackend.tag_resource


def describe_alarms(self):
    every = moto_describe_alarms(self).result
    types = self._get_param("AlarmTypes", []) or ["MetricAlarm"]
    return ActionResult({name: alarms if name.rstrip("s") in types else [] for name, alarms in every.items()})


def tag_resource(self, arn, tags):
    if any(board.arn == arn for board in self.dashboards.values()):
        self.tagger.tag_resource(arn, self.tagger.convert_dict_to_tags_input(tags))
    else:
        moto_tag(self, arn, tags)


Response.describe_alarms = describe_alarms
cloudwatch.CloudWatchBackend.tag_resource = tag_resource

moto_environment = beanstalk.Environment.__init__


def environment(self, *given, **named):
    moto_environment(self, *given, **named)
    self.environment_id = "e-" + uuid.uuid4().hex[:10]


beanstalk.Environment.__init__ = environment


def connection_status(self):
    asked = json.loads(self.body).get("WorkspaceIds")
    told = []
    for workspace in self.workspaces_backend.workspaces.values():
        if asked and workspace.workspace_id not in asked:
            continue
        status = {"WorkspaceId": workspace.workspace_id, "ConnectionState": "DISCONNECTED"}
        when = {t["Key"]: t["Value"] for t in workspace.tags}.get("emulator:last-connected")
        told.append({**status, "LastKnownUserConnectionTimestamp": float(when)} if when else status)
    return json.dumps({"WorkspacesConnectionStatus": told})


WorkSpacesResponse.describe_workspaces_connection_status = connection_status

codepipeline.iso_8601_datetime_with_milliseconds = unix_time


def pool_tags(self):
    asked = self._get_param("ResourceArn")
    pools = self.backend.user_pools.values()
    return json.dumps({"Tags": next(p.extended_config.get("UserPoolTags") or {} for p in pools if p.arn == asked)})


def server_tags(self):
    asked = json.loads(self.body)["Arn"]
    servers = self.transfer_backend.servers.values()
    return json.dumps({"Arn": asked, "Tags": next(s.tags for s in servers if s.arn == asked)})


CognitoIdpResponse.list_tags_for_resource = pool_tags
TransferResponse.list_tags_for_resource = server_tags
