@NullMarked
package dev.steward.estate.catalogue;

import org.jspecify.annotations.NullMarked;
