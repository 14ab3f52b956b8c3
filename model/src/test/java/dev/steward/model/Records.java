package dev.steward.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every record of this module. */
final class Records {
  private Records() {}

  static List<Class<?>> all() {
    List<Class<?>> found = new ArrayList<>();
    for (String file : files()) {
      Class<?> type = type("dev.steward.model." + file);
      // What the compiler writes to copy them is not ours.
      if (type.isRecord() && !type.getName().contains("Builder")) found.add(type);
    }
    return found;
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> files() {
    try {
      URI folder = Money.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path classes = Path.of(folder).resolve("dev/steward/model");
      try (Stream<Path> files = Files.walk(classes)) {
        return files
            .map(file -> classes.relativize(file).toString())
            .filter(name -> name.endsWith(".class") && !name.contains("package-info"))
            .map(name ->
                name.substring(0, name.length() - 6).replace(java.io.File.separatorChar, '.'))
            .sorted()
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Object value(Object of, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.trySetAccessible();
      return accessor.invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
