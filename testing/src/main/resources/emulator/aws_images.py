"""RegisterImage as the EC2 API reference has it: the image is what the request says, and its disks are the snapshots
that the request names. moto keeps name and description only, and makes a snapshot of its own; it still does where the
request names no snapshot, since nothing else here makes an image with one.
"""

import moto.ec2.models.amis as amis
from moto.core.responses import ActionResult
from moto.ec2.responses.amis import AmisResponse

moto_mappings = amis.Ami.block_device_mappings.fget
amis.Ami.block_device_mappings = property(lambda self: self.__dict__.get("mappings") or moto_mappings(self))
FIELDS = {
    "Architecture": "architecture",
    "RootDeviceName": "root_device_name",
    "VirtualizationType": "virtualization_type",
    "BootMode": "boot_mode",
    "EnaSupport": "ena_support",
    "SriovNetSupport": "sriov_net_support",
    "TpmSupport": "tpm_support",
    "ImdsSupport": "imds_support",
    "KernelId": "kernel_id",
    "RamdiskId": "ramdisk_id",
}


def register_image(self):
    self.error_on_dryrun()
    backend = self.ec2_backend
    image = backend.register_image(self._get_param("Name"), self._get_param("Description", ""))
    image.boot_mode = None
    for parameter, field in FIELDS.items():
        value = self._get_param(parameter)
        if value is not None:
            setattr(image, field, value)
    disks = self._get_param("BlockDeviceMappings", []) or []
    if any((d.get("Ebs") or {}).get("SnapshotId") for d in disks):
        backend.snapshots.pop(image.ebs_snapshot.id, None)
        image.mappings = disks
    image.add_tags(self._parse_tag_specification().get("image", {}))
    return ActionResult({"ImageId": image.id})


AmisResponse.register_image = register_image
