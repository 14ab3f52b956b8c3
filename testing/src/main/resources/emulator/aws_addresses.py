"""Elastic IPs as AWS's documentation has it, where moto differs.

- An address may have a reverse DNS record (EC2 API reference, ModifyAddressAttribute, ResetAddressAttribute), which
  DescribeAddressesAttribute tells.
"""

from moto.core.responses import ActionResult
from moto.ec2.models.elastic_ip_addresses import ElasticAddress
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
