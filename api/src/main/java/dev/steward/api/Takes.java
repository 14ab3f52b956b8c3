package dev.steward.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What an operation takes beside its query parameters. */
public sealed interface Takes<B> {
  /**
   * @throws dev.steward.model.ProblemException INVALID with every violation, or what else is wrong
   */
  B read(Request request);

  /** Nothing; a body that is sent is not read. */
  record None() implements Takes<Nothing> {
    @Override
    public Nothing read(Request request) {
      return Nothing.NOTHING;
    }
  }

  /**
   * A JSON object.
   *
   * @param closed whether a field that the record does not have is refused
   */
  record Json<B>(Class<B> type, boolean closed) implements Takes<B> {
    @Override
    public B read(Request request) {
      return closed ? Binder.bind(request.json(), type) : Binder.bindSome(request.json(), type);
    }
  }

  /** Any bytes, at most so many; of any media type where none is named. */
  record Bytes(int most, List<String> mediaTypes) implements Takes<Upload> {
    public Bytes {
      mediaTypes = List.copyOf(mediaTypes);
    }

    @Override
    public Upload read(Request request) {
      String type = request.contentType();
      if (!type.isEmpty()
          && !mediaTypes.isEmpty()
          && mediaTypes.stream().noneMatch(type::startsWith))
        throw Problem.of(
            Problem.Type.UNSUPPORTED_MEDIA,
            "send the body as one of " + String.join(", ", mediaTypes));
      // A file may be empty; what is read as something may not.
      if (request.bytes().length == 0 && !mediaTypes.isEmpty())
        throw Problem.invalid(List.of(new Violation("", "the body must not be empty")));
      return new Upload(request.bytes(), type);
    }
  }

  /** The query itself as a record, as MLflow's clients ask; more is given than is read. */
  record Asked<B>(Class<B> type) implements Takes<B> {
    @Override
    public B read(Request request) {
      Set<String> lists =
          Arrays.stream(type.getRecordComponents())
              .filter(component -> component.getType() == List.class)
              .map(Binder::jsonName)
              .collect(Collectors.toSet());
      ObjectNode fields = HttpJson.MAPPER.createObjectNode();
      request
          .queries()
          .forEach((name, values) -> {
            // A list of one is said like one that is no list.
            if (lists.contains(name) || values.size() > 1)
              values.forEach(fields.withArrayProperty(name)::add);
            else fields.put(name, values.getFirst());
          });
      return Binder.bindSome(fields, type);
    }
  }
}
