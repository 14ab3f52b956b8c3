"""Sessions of roles as AWS's documentation has it. moto takes any policy and any time.

- A session policy has at most 2,048 characters, and a session lasts 900 seconds at least and as long as its role allows
  at most, an hour unless the role says otherwise (STS API reference, AssumeRole: Policy, DurationSeconds).
- What an expired session and an unknown key are called, and with which status, is each protocol's own (STS, EC2, S3 and
  CloudWatch Logs API references, common errors).
"""

MOST_CHARACTERS = 2048
LEAST_SECONDS = 900
AN_HOUR = 3600
EXPIRED = {"ec2": (400, "RequestExpired"), "s3": (400, "ExpiredToken"), "json": (400, "ExpiredTokenException")}
UNKNOWN = {"ec2": (401, "AuthFailure"), "s3": (403, "InvalidAccessKeyId"), "json": (400, "UnrecognizedClientException")}


def refused(form, role):
    """The words with which STS refuses the request for a session; None where it does not."""
    if len(form.get("Policy", "")) > MOST_CHARACTERS:
        return f"Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to {MOST_CHARACTERS}"
    seconds = int(form.get("DurationSeconds") or AN_HOUR)
    if seconds < LEAST_SECONDS:
        return f"Value at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to {LEAST_SECONDS}"
    if seconds > int(role.max_session_duration or AN_HOUR):
        return "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    return None


def in_the_words_of(table, other, service, content_type):
    """The status and the code by which a protocol says it; the query protocol says the other one."""
    status, code = table.get("json" if "amz-json" in content_type else service, other)
    return {400: "400 Bad Request", 401: "401 Unauthorized", 403: "403 Forbidden"}[status], code


def expired(service, content_type):
    return in_the_words_of(EXPIRED, (403, "ExpiredToken"), service, content_type)


def unknown(service, content_type):
    return in_the_words_of(UNKNOWN, (403, "InvalidClientTokenId"), service, content_type)
