/** Training models, and promoting them. */
@NullMarked
package dev.steward.workflows.lab;

import org.jspecify.annotations.NullMarked;
