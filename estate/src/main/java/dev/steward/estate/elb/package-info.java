/** Elastic Load Balancing. */
@NullMarked
package dev.steward.estate.elb;

import org.jspecify.annotations.NullMarked;
