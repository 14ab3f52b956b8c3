"""One resource of each kind of the catalogue, marked as wanted by its owner, as its owner would make it.

POST /_emulator/made with {"kind", "account", "region"} makes one through the emulated AWS itself, and answers its id.
A kind is a line in a table of its area: from a function that gives the client of a service to the id.
"""

import boto3
from botocore.config import Config

import made_serverless

TAG = {"Key": "steward", "Value": "keep"}
MAKERS = {**made_serverless.MAKERS}


def make(endpoint, kind, account, region):
    """The id of what was made; None where no table knows the kind."""
    if kind not in MAKERS:
        return None

    def owner(params, **_):
        params["headers"]["x-moto-account-id"] = account

    def client(service, where=region):
        made = boto3.client(
            service,
            region_name=where,
            endpoint_url=endpoint,
            aws_access_key_id="PLATFORMadministrator",
            aws_secret_access_key="emulated",
            config=Config(retries={"total_max_attempts": 1}),
        )
        made.meta.events.register("before-call", owner)
        return made

    return MAKERS[kind](client)
