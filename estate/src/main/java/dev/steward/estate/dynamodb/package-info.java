/** DynamoDB. */
@NullMarked
package dev.steward.estate.dynamodb;

import org.jspecify.annotations.NullMarked;
