/** What all workflows share: task queues, search attributes, options, the data converter. */
@NullMarked
package dev.steward.workflows;

import org.jspecify.annotations.NullMarked;
