/** Reading AWS's Price List and keeping what it says. */
@NullMarked
package dev.steward.activities.prices;

import org.jspecify.annotations.NullMarked;
