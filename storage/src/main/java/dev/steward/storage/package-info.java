/** One immutable state, written durably by a single writer; blobs and sealed secrets beside it. */
@NullMarked
package dev.steward.storage;

import org.jspecify.annotations.NullMarked;
