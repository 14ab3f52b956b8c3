"""The four reads of the overview bench as a FastAPI service over SQLite, which is what people
would build otherwise: async endpoints, response models, an index for what is filtered and sorted,
sums by the database. Run with: python peer.py DATA.json PORT"""

import json
import sqlite3
import sys
from typing import Optional

import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel

db = sqlite3.connect(":memory:", check_same_thread=False)
db.row_factory = sqlite3.Row
app = FastAPI()


class Finding(BaseModel):
    id: str
    kind: str
    resource_kind: str
    account: str
    region: str
    resource: str
    state: str
    saving: Optional[float]
    currency: str
    confidence: str
    evidence: dict[str, str]
    first_seen: str
    last_seen: str


class Page(BaseModel):
    items: list[Finding]
    next: Optional[str]


class Account(BaseModel):
    id: str
    name: str
    status: str
    resources: int
    monthly_cost: float
    findings: int
    potential_saving: float
    unpriced: int
    gaps: int


class Dashboard(BaseModel):
    accounts_by_status: dict[str, int]
    monthly_cost: float
    potential_saving: float
    waste_by_check: dict[str, float]
    open_findings: int
    gaps: int


def load(path):
    data = json.load(open(path))
    db.execute("create table accounts (id text primary key, name text, status text)")
    db.execute(
        "create table listings (account text, region text, kind text, coverage text, resources int, cost real)"
    )
    db.execute(
        "create table findings (id text primary key, kind text, resource_kind text, account text, region text,"
        " resource text, state text, saving real, confidence text, evidence text, first_seen text, last_seen text)"
    )
    for a in data["accounts"]:
        db.execute("insert into accounts values (?, ?, 'connected')", (a["id"], a["name"]))
    for l in data["listings"]:
        db.execute(
            "insert into listings values (?, ?, ?, ?, ?, ?)",
            (l["account"], l["region"], l["kind"], l["coverage"].lower(), l["resources"], l["monthly_cost"]),
        )
    for f in data["findings"]:
        db.execute(
            "insert into findings values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                f["id"],
                f["check"],
                f["kind"],
                f["account"],
                f["region"],
                f["resource"],
                f["state"].lower(),
                f["saving"],
                f["confidence"].lower(),
                json.dumps(f["evidence"]),
                f["first_seen"],
                f["last_seen"],
            ),
        )
    db.execute("create index listings_account on listings (account)")
    db.execute("create index findings_account on findings (account, state)")
    db.execute("create index findings_saving on findings (saving desc, id)")
    db.execute("create index findings_kind on findings (kind, saving desc, id)")


async def user(authorization: str = Header("")):
    if authorization != "Bearer peer":
        raise HTTPException(401)
    return "peer"


@app.get("/client/accounts", response_model=list[Account])
async def accounts(who: str = Depends(user)):
    answer = []
    for a in db.execute("select * from accounts order by id"):
        held = db.execute(
            "select sum(resources) r, sum(cost) c, sum(coverage != 'answered') g from listings where account = ?",
            (a["id"],),
        ).fetchone()
        waste = db.execute(
            "select count(*) n, sum(saving) s, sum(saving is null) u from findings where account = ? and state = 'open'",
            (a["id"],),
        ).fetchone()
        answer.append(
            Account(
                id=a["id"],
                name=a["name"],
                status=a["status"],
                resources=held["r"] or 0,
                monthly_cost=held["c"] or 0,
                findings=waste["n"],
                potential_saving=waste["s"] or 0,
                unpriced=waste["u"] or 0,
                gaps=held["g"] or 0,
            )
        )
    return answer


@app.get("/client/dashboard", response_model=Dashboard)
async def dashboard(who: str = Depends(user)):
    held = db.execute("select sum(cost) c, sum(coverage != 'answered') g from listings").fetchone()
    checks = db.execute("select kind, count(*) n, sum(saving) s from findings where state = 'open' group by kind").fetchall()
    return Dashboard(
        accounts_by_status={s: n for s, n in db.execute("select status, count(*) from accounts group by status")},
        monthly_cost=held["c"],
        potential_saving=sum(c["s"] or 0 for c in checks),
        waste_by_check={c["kind"]: c["s"] or 0 for c in checks},
        open_findings=sum(c["n"] for c in checks),
        gaps=held["g"],
    )


@app.get("/waste/findings", response_model=Page)
async def findings(kind: Optional[str] = None, limit: int = 50, who: str = Depends(user)):
    where, values = ("where kind = ?", (kind,)) if kind else ("", ())
    rows = db.execute(f"select * from findings {where} order by saving desc, id limit ?", (*values, limit + 1)).fetchall()
    items = [
        Finding(**{**dict(r), "evidence": json.loads(r["evidence"])}, currency="USD")
        for r in rows[:limit]
    ]
    return Page(items=items, next=rows[limit - 1]["id"] if len(rows) > limit else None)


if __name__ == "__main__":
    load(sys.argv[1])
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False)
