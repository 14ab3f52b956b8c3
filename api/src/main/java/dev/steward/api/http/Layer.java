package dev.steward.api.http;

import dev.steward.api.Reply;
import java.io.IOException;
import java.util.List;

/** One concern of HTTP, around whatever answers. */
@FunctionalInterface
interface Layer {
  Reply around(Exchange call, Door inner) throws IOException;

  /** The door behind all of the layers, the first of which is the outermost. */
  static Door behind(List<Layer> layers, Door door) {
    Door whole = door;
    for (Layer layer : layers.reversed()) {
      Door inner = whole;
      whole = call -> layer.around(call, inner);
    }
    return whole;
  }
}
