package dev.steward.ml.torch;

import ai.djl.engine.Engine;

/**
 * The native library, loaded once a process and never from a network.
 *
 * <p>Two seconds and 430 MB of files at the first start of all; they stay in DJL's cache folder
 * (environment {@code DJL_CACHE_DIR}).
 */
public final class Torch {
  static {
    // Read once, when the engine loads: no downloads, no telemetry, one pool of threads for a whole
    // operation, and no graph that is optimized again for every size of batch.
    setDefault("ai.djl.offline", "true");
    setDefault("OPT_OUT_TRACKING", "true");
    setDefault("ai.djl.pytorch.num_interop_threads", "1");
    setDefault("ai.djl.pytorch.graph_optimizer", "false");
  }

  private Torch() {}

  private static void setDefault(String name, String value) {
    if (System.getProperty(name) == null) System.setProperty(name, value);
  }

  static Engine engine() {
    return Engine.getEngine("PyTorch");
  }

  /** The version of the native library, for the record of a training. */
  public static String version() {
    return "djl " + Engine.getDjlVersion() + ", pytorch " + engine().getVersion();
  }
}
