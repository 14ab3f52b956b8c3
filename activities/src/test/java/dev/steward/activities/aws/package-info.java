@NullMarked
package dev.steward.activities.aws;

import org.jspecify.annotations.NullMarked;
