/** The way to AWS: credentials, clients, limits, errors, listers. */
@NullMarked
package dev.steward.aws;

import org.jspecify.annotations.NullMarked;
