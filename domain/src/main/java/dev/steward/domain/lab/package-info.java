/** Experiments, runs and the registry of models, kept in the store. */
@NullMarked
package dev.steward.domain.lab;

import org.jspecify.annotations.NullMarked;
