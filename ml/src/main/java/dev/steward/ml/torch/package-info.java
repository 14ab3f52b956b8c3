/** The network and its training, on DJL with the PyTorch engine. */
@NullMarked
package dev.steward.ml.torch;

import org.jspecify.annotations.NullMarked;
