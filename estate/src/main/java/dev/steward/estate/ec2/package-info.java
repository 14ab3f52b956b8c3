/** EC2: machines, disks and what connects them. */
@NullMarked
package dev.steward.estate.ec2;

import org.jspecify.annotations.NullMarked;
