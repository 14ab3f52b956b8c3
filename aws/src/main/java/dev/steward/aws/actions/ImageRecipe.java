package dev.steward.aws.actions;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.steward.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * What RegisterImage takes of an image (EC2 API reference, RegisterImage, EbsBlockDevice). Whether
 * a disk is encrypted, and with which key, its snapshot says.
 */
final class ImageRecipe {
  private record Field(
      String note,
      Function<Image, @Nullable Object> read,
      java.util.function.BiConsumer<RegisterImageRequest.Builder, String> write) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field("name", Image::name, RegisterImageRequest.Builder::name),
          new Field("description", Image::description, RegisterImageRequest.Builder::description),
          new Field(
              "architecture",
              Image::architectureAsString,
              RegisterImageRequest.Builder::architecture),
          new Field(
              "root_device", Image::rootDeviceName, RegisterImageRequest.Builder::rootDeviceName),
          new Field(
              "virtualization",
              Image::virtualizationTypeAsString,
              RegisterImageRequest.Builder::virtualizationType),
          new Field("boot_mode", Image::bootModeAsString, RegisterImageRequest.Builder::bootMode),
          new Field(
              "ena",
              Image::enaSupport,
              (request, value) -> request.enaSupport(Boolean.valueOf(value))),
          new Field("sriov", Image::sriovNetSupport, RegisterImageRequest.Builder::sriovNetSupport),
          new Field("tpm", Image::tpmSupportAsString, RegisterImageRequest.Builder::tpmSupport),
          new Field("imds", Image::imdsSupportAsString, RegisterImageRequest.Builder::imdsSupport),
          new Field("kernel", Image::kernelId, RegisterImageRequest.Builder::kernelId),
          new Field("ramdisk", Image::ramdiskId, RegisterImageRequest.Builder::ramdiskId));

  private ImageRecipe() {}

  static Map<String, String> of(Site site) {
    Image image =
        site.clients().ec2().describeImages(r -> r.imageIds(site.id())).images().getFirst();
    Map<String, String> recipe = new TreeMap<>();
    for (Field field : FIELDS) put(recipe, field.note(), field.read().apply(image));
    put(recipe, "deprecated_at", image.deprecationTime());
    recipe.put(
        "disks", Json.text(image.blockDeviceMappings().stream().map(ImageRecipe::disk).toList()));
    var firmware =
        site.clients()
            .ec2()
            .describeImageAttribute(
                r -> r.imageId(site.id()).attribute(ImageAttributeName.UEFI_DATA))
            .uefiData();
    put(recipe, "uefi", firmware == null ? null : firmware.value());
    return recipe;
  }

  private static void put(Map<String, String> recipe, String key, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) recipe.put(key, value.toString());
  }

  private static Map<String, String> disk(BlockDeviceMapping mapping) {
    Map<String, String> disk = new TreeMap<>();
    disk.put("device", mapping.deviceName());
    put(disk, "none", mapping.noDevice() == null ? null : "true");
    EbsBlockDevice ebs = mapping.ebs();
    if (ebs == null) {
      put(disk, "virtual", mapping.virtualName());
      return disk;
    }
    put(disk, "snapshot", ebs.snapshotId());
    put(disk, "type", ebs.volumeTypeAsString());
    put(disk, "size", ebs.volumeSize());
    put(disk, "iops", ebs.iops());
    put(disk, "throughput", ebs.throughput());
    put(disk, "delete", ebs.deleteOnTermination());
    return disk;
  }

  /** The same image, with the step's mark from its first moment on. */
  static RegisterImageRequest request(Site site) {
    RegisterImageRequest.Builder request =
        RegisterImageRequest.builder()
            .blockDeviceMappings(disks(site.note("disks")))
            .tagSpecifications(Ec2Tags.on(ResourceType.IMAGE, site.marked(Site.UNDO_TAG)));
    for (Field field : FIELDS)
      given(site.recipe(), field.note(), value -> field.write().accept(request, value));
    given(site.recipe(), "uefi", request::uefiData);
    return request.build();
  }

  private static void given(Map<String, String> notes, String key, Consumer<String> write) {
    String value = notes.getOrDefault(key, "");
    if (!value.isEmpty()) write.accept(value);
  }

  private static List<BlockDeviceMapping> disks(String noted) {
    List<HashMap<String, String>> disks;
    try {
      disks = Json.MAPPER.readValue(noted, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<BlockDeviceMapping> mappings = new ArrayList<>();
    for (Map<String, String> disk : disks) {
      BlockDeviceMapping.Builder mapping =
          BlockDeviceMapping.builder().deviceName(disk.get("device"));
      given(disk, "virtual", mapping::virtualName);
      given(disk, "none", _ -> mapping.noDevice(""));
      if (disk.containsKey("snapshot") || disk.containsKey("size")) mapping.ebs(ebs(disk));
      mappings.add(mapping.build());
    }
    return mappings;
  }

  private static EbsBlockDevice ebs(Map<String, String> disk) {
    EbsBlockDevice.Builder ebs = EbsBlockDevice.builder();
    String type = disk.getOrDefault("type", "");
    given(disk, "snapshot", ebs::snapshotId);
    given(disk, "type", ebs::volumeType);
    given(disk, "size", size -> ebs.volumeSize(Integer.valueOf(size)));
    given(disk, "delete", delete -> ebs.deleteOnTermination(Boolean.valueOf(delete)));
    // Other types take no numbers, though they are told with some.
    if (List.of("io1", "io2", "gp3").contains(type))
      given(disk, "iops", iops -> ebs.iops(Integer.valueOf(iops)));
    if (type.equals("gp3")) given(disk, "throughput", mib -> ebs.throughput(Integer.valueOf(mib)));
    return ebs.build();
  }
}
