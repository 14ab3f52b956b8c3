package dev.steward.aws.actions;

import dev.steward.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;

/** Its snapshots stay, so that it can be registered again. */
final class Deregistration implements Action {
  /** AWS deprecates nothing in the past, and counts minutes (EnableImageDeprecation). */
  private static final Duration SOON = Duration.ofMinutes(2);

  @Override
  public Map<String, String> recipe(Site site, Resource now) {
    Map<String, String> recipe = new TreeMap<>(ImageRecipe.of(site));
    recipe.putAll(Sharing.ofImage(site, site.id()));
    return recipe;
  }

  @Override
  public Acted act(Site site) {
    if (site.read().isPresent()) {
      Action.takeAway(() -> site.clients().ec2().deregisterImage(r -> r.imageId(site.id())));
      site.untilGone();
    }
    return Acted.done("deregistered; its snapshots are kept");
  }

  @Override
  public Back undo(Site site) {
    if (site.settled().isPresent()) return new Back(true, "it was not deregistered");
    Optional<String> again = find(site, Ec2Tags.filter(Site.UNDO_TAG, site.mark()));
    if (again.isEmpty()) {
      Optional<String> other =
          find(site, Filter.builder().name("name").values(site.note("name")).build());
      if (other.isPresent())
        return new Back(false, "its name belongs to the image " + other.get() + " now");
    }
    String id =
        again.orElseGet(
            () -> site.clients().ec2().registerImage(ImageRecipe.request(site)).imageId());
    site.onceKnown(id, () -> Sharing.ofImageAgain(site, id));
    site.onceKnown(id, () -> deprecate(site, id));
    return new Back(true, "registered again as " + id);
  }

  private static Optional<String> find(Site site, Filter filter) {
    return site
        .clients()
        .ec2()
        .describeImages(r -> r.owners("self").filters(filter))
        .images()
        .stream()
        .map(Image::imageId)
        .findFirst();
  }

  /** A second time changes nothing that was to come. */
  private static void deprecate(Site site, String id) {
    if (site.note("deprecated_at").isEmpty()) return;
    Instant soon = Instant.now().plus(SOON);
    Instant planned = Instant.parse(site.note("deprecated_at"));
    site.clients()
        .ec2()
        .enableImageDeprecation(
            r -> r.imageId(id).deprecateAt(planned.isBefore(soon) ? soon : planned));
  }
}
