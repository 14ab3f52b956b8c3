"""Elastic IPs as AWS's documentation has it, where moto differs.

- An address may have a reverse DNS record (EC2 API reference, ModifyAddressAttribute, ResetAddressAttribute), which
  DescribeAddressesAttribute tells.
- In the default VPC an address is let go of by what has it when it is released; in another VPC it is not released before
  (EC2 API reference, ReleaseAddress).
- An address of an interface that an instance has is the instance's (EC2 API reference, Address: InstanceId).
- The interface of a NAT gateway is the gateway's: it is in use, of its type and managed by who asked for it (VPC user
  guide, NAT gateway basics; EC2 API reference, NetworkInterface: interfaceType, requesterManaged).
"""

import moto.ec2.models.elastic_ip_addresses as addresses
from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.elastic_ip_addresses import ElasticAddress
from moto.ec2.models.nat_gateways import NatGateway
from moto.ec2.responses.elastic_ip_addresses import ElasticIPAddresses

ElasticAddress.ptr_record = None


def pointing(name):
    def modify(self):
        address = self.ec2_backend.describe_addresses([self._get_param("AllocationId")])[0]
        address.ptr_record = name(self)
        return ActionResult({"Address": address})

    return modify


def domain_name(self):
    return self._get_param("DomainName").rstrip(".") + "."


ElasticIPAddresses.modify_address_attribute = pointing(domain_name)
ElasticIPAddresses.reset_address_attribute = pointing(lambda self: None)

moto_release = addresses.ElasticAddressBackend.release_address


def release_address(self, address=None, allocation_id=None):
    held = self.address_by_ip([address])[0] if address else self.address_by_allocation([allocation_id])[0]
    if held.eni is not None and held.eni.subnet is not None:
        vpc = self.get_vpc(held.eni.subnet.vpc_id)
        if vpc is not None and not vpc.is_default:
            raise EC2ClientError("InvalidIPAddress.InUse", f"Address {held.public_ip} is in use.")
    return moto_release(self, address, allocation_id)


addresses.ElasticAddressBackend.release_address = release_address

moto_associate = addresses.ElasticAddressBackend.associate_address


def associate_address(self, instance=None, eni=None, **named):
    address = moto_associate(self, instance=instance, eni=eni, **named)
    if address.instance is None and address.eni is not None and address.eni.instance:
        address.instance = address.eni.instance
    return address


addresses.ElasticAddressBackend.associate_address = associate_address

moto_gateway = NatGateway.__init__


def gateway(self, *given, **named):
    moto_gateway(self, *given, **named)
    self._eni.status, self._eni.interface_type, self._eni.requester_managed = "in-use", "nat_gateway", True


NatGateway.__init__ = gateway
