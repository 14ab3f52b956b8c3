/** The way to AWS: credentials, clients, limits, errors, listers. */
@NullMarked
package dev.steward.activities.aws;

import org.jspecify.annotations.NullMarked;
