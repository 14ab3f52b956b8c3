@NullMarked
package dev.steward.model;

import org.jspecify.annotations.NullMarked;
