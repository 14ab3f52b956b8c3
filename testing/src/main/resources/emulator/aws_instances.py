"""EC2 instances as AWS's documentation has it, where moto differs.

- StopInstances: not one whose root device is an instance store, nor one of a one-time Spot request
  (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html).
- ModifyInstanceAttribute, InstanceType: the instance must be stopped, and the type must take its architecture and its drivers
  (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resize-limitations.html).
- Credits of burstable instances: unlimited is the default of all but T2, another type begins with its own default
  (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceCreditSpecification.html).
- An address that AWS gives by itself is Amazon's, an Elastic IP is the account's and stays when the instance stops
  (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceAssociation.html;
  https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html).
- Each instance has a tenancy and the platform that it is billed as (EC2 API reference, Placement, Instance: PlatformDetails).
- An instance of a type that needs ENA has it (EC2 API reference, Instance: EnaSupport), or it would not have started.
"""

import moto.ec2.models.elastic_network_interfaces as interfaces
import moto.ec2.models.instances as instances
from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.instance_types import INSTANCE_TYPES
from moto.ec2.responses.instances import InstanceResponse

TYPES = INSTANCE_TYPES


def usual_credits(kind):
    return "standard" if kind.startswith("t2.") else "unlimited"


moto_instance = instances.Instance.__init__


def new_instance(self, *args, **kwargs):
    moto_instance(self, *args, **kwargs)
    self.cpu_credits = (kwargs.get("credit_specification") or {}).get("CpuCredits") or usual_credits(self.instance_type)
    kind = TYPES.get(self.instance_type, {})
    self.platform_details = "Windows" if self.platform == "windows" else "Linux/UNIX"
    self.placement.tenancy = "default"
    self.ena_support = kind.get("NetworkInfo", {}).get("EnaSupport") in ("required", "supported")


instances.Instance.__init__ = new_instance

moto_modify = instances.InstanceBackend.modify_instance_attribute


def modify(self, instance_id, key, value):
    if key == "instance_type":
        instance = self.get_instance(instance_id)
        if instance._state.name != "stopped":
            raise EC2ClientError("IncorrectInstanceState", f"The instance '{instance_id}' is not in the 'stopped' state.")
        kind = TYPES.get(value)
        if kind is None:
            raise EC2ClientError("InvalidInstanceAttributeValue", f"Invalid value '{value}' for InstanceType.")
        if instance.architecture not in kind["ProcessorInfo"]["SupportedArchitectures"]:
            raise EC2ClientError(
                "InvalidParameterCombination", f"The architecture '{instance.architecture}' does not match that of the type '{value}'."
            )
        if kind["NetworkInfo"]["EnaSupport"] == "required" and not instance.ena_support:
            raise EC2ClientError(
                "InvalidParameterCombination",
                f"Enhanced networking with the Elastic Network Adapter (ENA) is required for the '{value}' instance type.",
            )
        if value.split(".")[0] != instance.instance_type.split(".")[0]:
            instance.cpu_credits = usual_credits(value)
    return moto_modify(self, instance_id, key, value)


instances.InstanceBackend.modify_instance_attribute = modify

moto_stop = instances.InstanceBackend.stop_instances


def stop(self, instance_ids):
    for instance in self.get_multi_instances_by_id(instance_ids):
        if instance.root_device_type == "instance-store":
            raise EC2ClientError("UnsupportedOperation", f"The instance '{instance.id}' does not have an 'ebs' root device type and cannot be stopped.")
        if getattr(instance, "lifecycle", None) == "spot":
            raise EC2ClientError("UnsupportedOperation", "You can't stop the Spot Instance because it is associated with a one-time Spot request.")
    return moto_stop(self, instance_ids)


instances.InstanceBackend.stop_instances = stop

# --- Addresses ---

moto_association = interfaces.NetworkInterface.association.fget


def elastic(self):
    return self.public_ip and bool(self.ec2_backend.address_by_ip([self.public_ip], fail_if_not_found=False))


def association(self):
    found = moto_association(self)
    if found and not elastic(self):
        found["ipOwnerId"] = "amazon"
    return found


interfaces.NetworkInterface.association = property(association)
moto_nic_stop = interfaces.NetworkInterface.stop
moto_nic_start = interfaces.NetworkInterface.start
interfaces.NetworkInterface.stop = lambda self: None if elastic(self) else moto_nic_stop(self)
interfaces.NetworkInterface.start = lambda self: None if elastic(self) else moto_nic_start(self)

# --- Credits ---


def describe_credits(self):
    found = self.ec2_backend.describe_instance_credit_specifications(self._get_param("InstanceIds", []))
    return ActionResult(
        {"InstanceCreditSpecifications": [{"InstanceId": i.id, "CpuCredits": i.cpu_credits} for i in found if i.instance_type.startswith("t")]}
    )


def modify_credits(self):
    done = []
    for wanted in self._get_param("InstanceCreditSpecifications", []):
        self.ec2_backend.get_instance(wanted["InstanceId"]).cpu_credits = wanted["CpuCredits"]
        done.append({"InstanceId": wanted["InstanceId"]})
    return ActionResult({"SuccessfulInstanceCreditSpecifications": done, "UnsuccessfulInstanceCreditSpecifications": []})


InstanceResponse.describe_instance_credit_specifications = describe_credits
InstanceResponse.modify_instance_credit_specification = modify_credits
