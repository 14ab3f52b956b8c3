@NullMarked
package dev.steward.activities.discovery;

import org.jspecify.annotations.NullMarked;
