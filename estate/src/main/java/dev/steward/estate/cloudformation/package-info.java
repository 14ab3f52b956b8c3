/** CloudFormation. */
@NullMarked
package dev.steward.estate.cloudformation;

import org.jspecify.annotations.NullMarked;
