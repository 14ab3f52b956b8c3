@NullMarked
package dev.steward.domain.lab;

import org.jspecify.annotations.NullMarked;
