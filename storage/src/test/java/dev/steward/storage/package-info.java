@NullMarked
package dev.steward.storage;

import org.jspecify.annotations.NullMarked;
