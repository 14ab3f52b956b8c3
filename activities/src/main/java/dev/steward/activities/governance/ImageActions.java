package dev.steward.activities.governance;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.steward.model.Json;
import dev.steward.model.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;

/** Machine images. */
final class ImageActions {
  private ImageActions() {}

  /** Its snapshots stay, so that it can be registered again. */
  static final class Deregister implements Action {
    @Override
    public Map<String, String> recipe(Site site, Resource now) {
      Image image =
          site.clients().ec2().describeImages(r -> r.imageIds(site.id())).images().getFirst();
      Map<String, String> recipe = new TreeMap<>();
      put(recipe, "name", image.name());
      put(recipe, "description", image.description());
      put(recipe, "architecture", image.architectureAsString());
      put(recipe, "root_device", image.rootDeviceName());
      put(recipe, "virtualization", image.virtualizationTypeAsString());
      put(recipe, "boot_mode", image.bootModeAsString());
      put(recipe, "ena", image.enaSupport() == null ? null : image.enaSupport().toString());
      recipe.put(
          "disks", Json.text(image.blockDeviceMappings().stream().map(Deregister::disk).toList()));
      return recipe;
    }

    private static void put(Map<String, String> recipe, String key, @Nullable String value) {
      if (value != null && !value.isEmpty()) recipe.put(key, value);
    }

    private static Map<String, String> disk(BlockDeviceMapping mapping) {
      Map<String, String> disk = new TreeMap<>();
      disk.put("device", mapping.deviceName());
      EbsBlockDevice ebs = mapping.ebs();
      if (ebs == null) put(disk, "virtual", mapping.virtualName());
      else {
        put(disk, "snapshot", ebs.snapshotId());
        put(disk, "type", ebs.volumeTypeAsString());
        put(disk, "size", ebs.volumeSize() == null ? null : ebs.volumeSize().toString());
        put(
            disk,
            "delete",
            ebs.deleteOnTermination() == null ? null : ebs.deleteOnTermination().toString());
      }
      return disk;
    }

    @Override
    public Acted act(Site site) {
      if (site.read().isPresent()) {
        site.clients().ec2().deregisterImage(r -> r.imageId(site.id()));
        site.untilGone();
      }
      return Acted.done("deregistered; its snapshots are kept");
    }

    @Override
    public Back undo(Site site) {
      if (site.read().isPresent()) return new Back(true, "it was not deregistered");
      Filter named = Filter.builder().name("name").values(site.note("name")).build();
      Optional<String> again =
          site
              .clients()
              .ec2()
              .describeImages(r -> r.owners("self").filters(named))
              .images()
              .stream()
              .map(Image::imageId)
              .findFirst();
      String id =
          again.orElseGet(() -> site.clients().ec2().registerImage(request(site)).imageId());
      // A second time changes nothing.
      site.clients()
          .ec2()
          .createTags(r -> r.resources(id).tags(Tags.of(site.marked(Site.UNDO_TAG))));
      return new Back(true, "registered again as " + id);
    }

    private static RegisterImageRequest request(Site site) {
      RegisterImageRequest.Builder request =
          RegisterImageRequest.builder()
              .name(site.note("name"))
              .rootDeviceName(site.note("root_device"))
              .blockDeviceMappings(disks(site));
      if (!site.note("description").isEmpty()) request.description(site.note("description"));
      if (!site.note("architecture").isEmpty()) request.architecture(site.note("architecture"));
      if (!site.note("virtualization").isEmpty())
        request.virtualizationType(site.note("virtualization"));
      if (!site.note("boot_mode").isEmpty()) request.bootMode(site.note("boot_mode"));
      if (!site.note("ena").isEmpty()) request.enaSupport(Boolean.valueOf(site.note("ena")));
      return request.build();
    }

    private static List<BlockDeviceMapping> disks(Site site) {
      List<Map<String, String>> disks;
      try {
        disks =
            Json.MAPPER
                .readValue(
                    site.note("disks"), new TypeReference<List<HashMap<String, String>>>() {})
                .stream()
                .<Map<String, String>>map(m -> m)
                .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      List<BlockDeviceMapping> mappings = new ArrayList<>();
      for (Map<String, String> disk : disks) {
        BlockDeviceMapping.Builder mapping =
            BlockDeviceMapping.builder().deviceName(disk.get("device"));
        String snapshot = disk.get("snapshot");
        if (snapshot == null) mapping.virtualName(disk.get("virtual"));
        else mapping.ebs(ebs(disk, snapshot));
        mappings.add(mapping.build());
      }
      return mappings;
    }

    private static EbsBlockDevice ebs(Map<String, String> disk, String snapshot) {
      EbsBlockDevice.Builder ebs = EbsBlockDevice.builder().snapshotId(snapshot);
      String type = disk.get("type");
      if (type != null) ebs.volumeType(type);
      String size = disk.get("size");
      if (size != null) ebs.volumeSize(Integer.valueOf(size));
      String delete = disk.get("delete");
      if (delete != null) ebs.deleteOnTermination(Boolean.valueOf(delete));
      return ebs.build();
    }
  }
}
