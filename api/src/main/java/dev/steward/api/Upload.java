package dev.steward.api;

/**
 * A body that is no JSON, as it came.
 *
 * @param mediaType in lower case; empty where the caller did not say
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares uploads.
public record Upload(byte[] bytes, String mediaType) {}
