/** Elastic Beanstalk. */
@NullMarked
package dev.steward.estate.elasticbeanstalk;

import org.jspecify.annotations.NullMarked;
