/** How each remediation is carried out and undone, and what is looked at before. */
@NullMarked
package dev.steward.aws.actions;

import org.jspecify.annotations.NullMarked;
