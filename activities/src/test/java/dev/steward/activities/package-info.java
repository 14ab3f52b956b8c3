@NullMarked
package dev.steward.activities;

import org.jspecify.annotations.NullMarked;
