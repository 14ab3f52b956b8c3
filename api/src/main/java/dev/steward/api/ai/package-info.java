/** Forecasts and anomalies over HTTP. */
@NullMarked
package dev.steward.api.ai;

import org.jspecify.annotations.NullMarked;
