"""Goes from a log-in to an approved change with the client that openapi-python-client makes of the document."""

import sys

from steward_client import AuthenticatedClient, Client
from steward_client.api.approvals import post_approvals_id_approve
from steward_client.api.auth import post_api_auth_login
from steward_client.api.governance import post_governance_changes, post_governance_changes_id_submit
from steward_client.api.waste import get_waste_findings
from steward_client.models import DecisionBody, GetWasteFindingsState, Login, PlanBody, Problem

base = sys.argv[1]


def good(answer, what):
    if isinstance(answer, Problem):
        raise SystemExit(f"{what}: {answer.title}: {answer.detail}")
    return answer


def login(name):
    answer = good(post_api_auth_login.sync(client=Client(base_url=base), body=Login(username=name, password=name)), "log in")
    if answer.user.username != name:
        raise SystemExit(f"logged in as {answer.user.username}")
    return AuthenticatedClient(base_url=base, token=answer.access_token, raise_on_unexpected_status=True)


client = login("client")
page = good(get_waste_findings.sync(client=client, state=GetWasteFindingsState.OPEN, limit=2), "findings")
if len(page.items) != 2:
    raise SystemExit(f"{len(page.items)} findings")
body = PlanBody(findings=[finding.id for finding in page.items])
change = good(post_governance_changes.sync(client=client, body=body), "plan")
submitted = good(post_governance_changes_id_submit.sync(change.id, client=client), "submit")

approver = login("approver")
decision = DecisionBody(plan_hash=submitted.plan_hash, comment="read")
approved = good(post_approvals_id_approve.sync(submitted.approval, client=approver, body=decision), "approve")
refused = post_approvals_id_approve.sync(submitted.approval, client=approver, body=decision)
if not isinstance(refused, Problem):
    raise SystemExit("one decides twice")
print(approved.status.value, approved.subject, refused.status)
