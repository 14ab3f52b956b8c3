/**
 * An emulated AWS with a sizeable estate in it, and the faults that real life adds. Used by the
 * demo and the tests.
 */
@NullMarked
package dev.steward.testing;

import org.jspecify.annotations.NullMarked;
