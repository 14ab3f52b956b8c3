package dev.steward.model;

import java.time.Instant;

/** A tenant. Everything but the installation itself belongs to one. */
public record Organization(OrganizationId id, String name, Instant createdAt) {}
