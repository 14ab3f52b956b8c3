package dev.steward.model;

/**
 * One step of proving a connection.
 *
 * @param name stable, e.g. {@code refuses_wrong_external_id}
 * @param fix what the customer does about it; empty when passed
 */
public record Check(String name, boolean passed, String detail, String fix) {}
