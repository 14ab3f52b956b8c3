package dev.steward.model;

import java.time.Instant;

/** An account that was disconnected and whose remains are still being removed. */
public record Disconnection(AccountId account, OrganizationId organization, Instant begunAt) {}
