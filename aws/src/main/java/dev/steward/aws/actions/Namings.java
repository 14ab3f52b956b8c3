package dev.steward.aws.actions;

import dev.steward.aws.Lister;
import dev.steward.estate.Kind;
import dev.steward.estate.Naming;
import dev.steward.estate.Referrer;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;

/** Asks again, as a discovery does, what names a resource. */
final class Namings {
  private Namings() {}

  /** What names it; and what could not be read, for that may. */
  static List<String> of(Referrer referrer, Site site, Resource resource) {
    List<String> found = new ArrayList<>();
    for (Naming naming : Catalogue.kind(resource.kind()).namings())
      if (naming.referrer() == referrer) found.addAll(of(naming, site, resource));
    return found;
  }

  private static List<String> of(Naming naming, Site site, Resource resource) {
    Kind kind = Catalogue.kind(naming.kind());
    String what = kind.id().replace('_', ' ');
    List<String> found = new ArrayList<>();
    Lister.untagged(
        kind,
        site.clients(),
        one -> {
          site.alive().run();
          List<String> names = naming.attribute().of(one);
          if (one.missing() != null)
            found.add(
                "nobody can tell whether the "
                    + what
                    + " "
                    + one.name()
                    + " names it: "
                    + one.missing()
                    + " could not be read");
          else if (names != null && names.contains(resource.id()))
            found.add("the " + what + " " + one.name() + " names it");
        });
    return found;
  }
}
