@NullMarked
package dev.steward.aws.actions;

import org.jspecify.annotations.NullMarked;
