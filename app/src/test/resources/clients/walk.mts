// Goes from a log-in to an approved change with the client that openapi-typescript and openapi-fetch make of the document.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.d.ts";

const baseUrl = process.argv[2] ?? "";

function good<T>(answer: { data?: T; error?: components["schemas"]["Problem"] }, what: string): T {
  if (answer.data === undefined) throw new Error(`${what}: ${answer.error?.title}: ${answer.error?.detail}`);
  return answer.data;
}

async function login(name: string) {
  const anybody = createClient<paths>({ baseUrl });
  const answer = await anybody.POST("/api/auth/login", { body: { username: name, password: name } });
  const { access_token, user } = good(answer, "log in");
  if (user.username !== name) throw new Error(`logged in as ${user.username}`);
  return createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${access_token}` } });
}

const client = await login("client");
const page = good(
  await client.GET("/waste/findings", { params: { query: { state: "open", sort: "-saving", limit: 2 } } }),
  "findings",
);
if (page.items.length !== 2) throw new Error(`${page.items.length} findings`);
const change = good(
  await client.POST("/governance/changes", { body: { findings: page.items.map((finding) => finding.id) } }),
  "plan",
);
const path = { id: change.id };
const submitted = good(await client.POST("/governance/changes/{id}/submit", { params: { path } }), "submit");
if (typeof submitted.approval !== "string") throw new Error(`nobody is asked about a change that is ${submitted.status}`);

const approver = await login("approver");
const approved = good(
  await approver.POST("/approvals/{id}/approve", {
    params: { path: { id: submitted.approval } },
    body: { plan_hash: submitted.plan_hash, comment: "read" },
  }),
  "approve",
);
const refused = await approver.POST("/approvals/{id}/approve", {
  params: { path: { id: submitted.approval } },
  body: { plan_hash: submitted.plan_hash },
});
if (refused.error === undefined) throw new Error("one decides twice");
console.log(approved.status, approved.subject, refused.error.status);
