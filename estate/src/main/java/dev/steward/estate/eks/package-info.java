/** EKS. */
@NullMarked
package dev.steward.estate.eks;

import org.jspecify.annotations.NullMarked;
