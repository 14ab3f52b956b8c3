"""CloudWatch Logs as AWS's documentation has it, where moto differs.

- A log group has a class, STANDARD unless told otherwise, and it stays (Logs API reference, CreateLogGroup).
- DescribeLogGroups counts its metric filters and says whether it has a data protection policy (Logs API reference, LogGroup).
- A group of the class INFREQUENT_ACCESS takes neither filters nor a policy (Logs user guide, Log classes).
- PutDataProtectionPolicy, GetDataProtectionPolicy and DeleteDataProtectionPolicy (Logs API reference).
"""

import json

import moto.logs.models as logs
from moto.logs.exceptions import InvalidParameterException, ResourceNotFoundException
from moto.logs.responses import LogsResponse

STANDARD = "STANDARD"

moto_create = LogsResponse.create_log_group


def create_log_group(self):
    answer = moto_create(self)
    self.logs_backend.groups[self._get_param("logGroupName")].log_class = self._get_param("logGroupClass") or STANDARD
    return answer


moto_describe = logs.LogGroup.to_describe_dict


def describe(self):
    backend = logs.logs_backends[self.account_id][self.region]
    described = moto_describe(self)
    described["logGroupClass"] = getattr(self, "log_class", STANDARD)
    described["metricFilterCount"] = len(backend.describe_metric_filters(log_group_name=self.name))
    if getattr(self, "protection", None):
        described["dataProtectionStatus"] = "ACTIVATED"
    return described


def group(self, name):
    found = self.logs_backend.groups.get(name.split(":log-group:")[-1].removesuffix(":*"))
    if found is None:
        raise ResourceNotFoundException()
    return found


def standard(found, parameter):
    if getattr(found, "log_class", STANDARD) != STANDARD:
        raise InvalidParameterException(constraint="Not supported for this log class", parameter=parameter, value=found.name)


def only_standard(moto_put):
    def put(self):
        standard(group(self, self._get_param("logGroupName")), "logGroupName")
        return moto_put(self)

    return put


def put_data_protection_policy(self):
    found = group(self, self._get_param("logGroupIdentifier"))
    standard(found, "logGroupIdentifier")
    found.protection = self._get_param("policyDocument")
    return get_data_protection_policy(self)


def get_data_protection_policy(self):
    name = self._get_param("logGroupIdentifier")
    policy = getattr(group(self, name), "protection", None)
    return json.dumps({"logGroupIdentifier": name, **({"policyDocument": policy} if policy else {})})


def delete_data_protection_policy(self):
    group(self, self._get_param("logGroupIdentifier")).protection = None
    return ""


logs.LogGroup.to_describe_dict = describe
LogsResponse.create_log_group = create_log_group
LogsResponse.put_metric_filter = only_standard(LogsResponse.put_metric_filter)
LogsResponse.put_subscription_filter = only_standard(LogsResponse.put_subscription_filter)
LogsResponse.put_data_protection_policy = put_data_protection_policy
LogsResponse.get_data_protection_policy = get_data_protection_policy
LogsResponse.delete_data_protection_policy = delete_data_protection_policy
