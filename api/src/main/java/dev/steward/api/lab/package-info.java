/** Experiments, runs and models over HTTP: in our words, and in MLflow's. */
@NullMarked
package dev.steward.api.lab;

import org.jspecify.annotations.NullMarked;
