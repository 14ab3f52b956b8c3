@NullMarked
package dev.steward.aws;

import org.jspecify.annotations.NullMarked;
