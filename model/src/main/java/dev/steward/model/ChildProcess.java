package dev.steward.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The programs that we start, and what each may know of our environment. Nothing else reaches it:
 * no credentials of AWS, no passwords of ours, no proxy with a password in its address.
 */
public enum ChildProcess {
  /** The runtime of Go reads how much of the machine it may take. */
  TEMPORAL("GOMAXPROCS", "GOMEMLIMIT"),
  EMULATOR("LD_LIBRARY_PATH"),
  SECOND_EMULATOR("LD_LIBRARY_PATH"),
  /** What our learning is measured against. */
  PYTHON_BENCH("LD_LIBRARY_PATH", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "CUDA_VISIBLE_DEVICES"),
  /** Whatever is asked once, or only passes bytes on. */
  TOOL();

  /** Where programs and files are, and how text and time are written. */
  public static final List<String> EVERYONE =
      List.of("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "TZ");

  private final List<String> own;

  ChildProcess(String... own) {
    this.own = List.of(own);
  }

  /** The names of the variables that it is given, as far as we have them. */
  public List<String> variables() {
    return Stream.concat(EVERYONE.stream(), own.stream()).toList();
  }

  /** The process still to be started; whoever starts it may add variables of its making. */
  public ProcessBuilder of(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(variables());
    return builder;
  }

  public ProcessBuilder of(String... command) {
    return of(List.of(command));
  }
}
