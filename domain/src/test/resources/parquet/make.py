"""Makes the files beside it: python make.py, with pyarrow 26."""

import datetime as dt
import decimal
import os

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

start = dt.datetime(2026, 1, 1)
hours = [start + dt.timedelta(hours=h) for h in range(100)]
ids = ["a"] * 100 + ["b"] * 100
values = [float(h % 24) for h in range(100)] + [None if h == 7 else h / 2 for h in range(100)]
times = hours + hours


def table(time_type, value_type=pa.float64(), **more):
    moments = [t.date() for t in times] if time_type == pa.date32() else times
    return pa.table(
        {
            "id": pa.array(ids),
            "timestamp": pa.array(moments, time_type),
            "value": pa.array(values, pa.float64()).cast(value_type, safe=False),
            **more,
        }
    )


pq.write_table(table(pa.timestamp("us")), "snappy.parquet")
pq.write_table(
    table(pa.timestamp("ms", tz="UTC"), pa.float32(), host=pa.array(["h"] * 200)),
    "gzip.parquet",
    compression="gzip",
    use_dictionary=False,
    data_page_version="2.0",
    row_group_size=64,
    write_page_index=True,
)
days = pa.table(
    {
        "id": ["x", "x", "x"],
        "timestamp": pa.array([dt.date(2026, 1, 1), dt.date(2026, 1, 2), dt.date(2026, 1, 4)]),
        "value": pa.array([1, 2, 4], pa.int32()),
    }
)
pq.write_table(days, "days.parquet", compression="none")
pq.write_table(days, "zstd.parquet", compression="zstd")
pq.write_table(days.rename_columns(["id", "at", "value"]), "columns.parquet")
pq.write_table(
    pa.table({"id": ["x"], "timestamp": ["2026-01-01"], "value": [[1.0, 2.0]]}), "lists.parquet"
)
pq.write_table(
    pa.table({"id": ["a" * (20 << 20)], "timestamp": ["2026-01-01"], "value": [1.0]}),
    "bomb.parquet",
    compression="gzip",
    use_dictionary=False,
    write_statistics=False,
)
# Each row is to become as long as the one thing in its dictionary.
for codec in ("none", "snappy", "gzip"):
    pq.write_table(
        pa.table(
            {
                "id": pa.array(["a" * 30_000] * 10_000),
                "timestamp": pa.array([start] * 10_000),
                "value": pa.array([1.0] * 10_000),
            }
        ),
        f"repeated-{codec}.parquet",
        compression=codec,
        write_statistics=False,
    )
pq.write_table(
    pa.table(
        {
            "id": ["a"],
            "timestamp": ["2026-01-01"],
            "value": pa.array([1.0]),
            "note": pa.array([b"a" * 2_000], pa.binary(2_000)),
        }
    ),
    "wide-note.parquet",
    compression="gzip",
    write_statistics=False,
)
pq.write_table(
    pa.table(
        {
            "id": pa.array([b"a" * 2_000], pa.binary(2_000)),
            "timestamp": ["2026-01-01"],
            "value": pa.array([1.0]),
        }
    ),
    "wide-id.parquet",
    compression="gzip",
    write_statistics=False,
)


def typed(name, **columns):
    rows = {
        "id": pa.array(["web"]),
        "timestamp": pa.array([dt.date(2026, 1, 1)]),
        "value": pa.array([1.0]),
    }
    rows.update(columns)
    os.makedirs("types", exist_ok=True)
    pq.write_table(pa.table(rows), f"types/{name}.parquet", store_schema=False, **options.get(name, {}))


options = {"time-int96": {"use_deprecated_int96_timestamps": True}}
moment = dt.datetime(2026, 1, 1, 12)
typed("id-string", id=pa.array(["web, eu"]))
typed("id-line", id=pa.array(['two\nlines\r\n"x"']))
typed("id-large-string", id=pa.array(["web"], pa.large_string()))
typed("id-dictionary", id=pa.array(["web"]).dictionary_encode())
typed("id-uuid", id=pa.array([bytes(range(16))], pa.uuid()))
typed("id-json", id=pa.array(['{"a": 1}'], pa.json_(pa.string())))
for bits in (8, 16, 32, 64):
    typed(f"id-uint{bits}", id=pa.array([2**bits - 1], getattr(pa, f"uint{bits}")()))
    typed(f"id-int{bits}", id=pa.array([-(2 ** (bits - 1))], getattr(pa, f"int{bits}")()))
    typed(f"value-uint{bits}", value=pa.array([min(2**bits - 1, 10**15)], getattr(pa, f"uint{bits}")()))
    typed(f"value-int{bits}", value=pa.array([max(-(2 ** (bits - 1)), -(10**15))], getattr(pa, f"int{bits}")()))
typed("id-date", id=pa.array([dt.date(2026, 1, 2)]))
typed("id-binary", id=pa.array([b"web"]))
typed("id-fixed", id=pa.array([b"web"], pa.binary(3)))
typed("id-double", id=pa.array([1.5]))
typed("id-bool", id=pa.array([True]))
typed("id-timestamp", id=pa.array([moment]))
typed("id-list", id=pa.array([["a"]]))
typed("id-struct", id=pa.array([{"a": "b"}]))
typed("value-uint64-large", value=pa.array([2**64 - 1], pa.uint64()))
typed("value-float16", value=pa.array([np.float16(1.5)], pa.float16()))
typed("value-float", value=pa.array([1.5], pa.float32()))
typed("value-decimal", value=pa.array([decimal.Decimal("-12.34")], pa.decimal128(20, 2)))
typed("value-decimal9", value=pa.array([decimal.Decimal("12.34")], pa.decimal128(9, 2)))
typed("value-bool", value=pa.array([True]))
typed("value-string", value=pa.array(["1.5"]))
typed("value-date", value=pa.array([dt.date(2026, 1, 2)]))
typed("value-time", value=pa.array([dt.time(12)]))
typed("value-timestamp", value=pa.array([moment]))
typed("value-binary", value=pa.array([b"1"]))
typed("value-struct", value=pa.array([{"a": 1.0}]))
typed("value-null", value=pa.array([None], pa.float64()))
for unit in ("ms", "us", "ns"):
    typed(f"time-{unit}", timestamp=pa.array([moment], pa.timestamp(unit)))
    typed(f"time-{unit}-utc", timestamp=pa.array([moment], pa.timestamp(unit, tz="UTC")))
typed("time-zone", timestamp=pa.array([moment], pa.timestamp("us", tz="Asia/Kathmandu")))
typed("time-old", timestamp=pa.array([dt.datetime(1969, 12, 31, 12)], pa.timestamp("us", tz="UTC")))
typed("time-int96", timestamp=pa.array([moment], pa.timestamp("ns")))
typed("time-date64", timestamp=pa.array([dt.date(2026, 1, 1)], pa.date64()))
typed("time-string", timestamp=pa.array(["2026-01-01T12:00:00Z"]))
typed("time-int64", timestamp=pa.array([1767268800]))
typed("time-time", timestamp=pa.array([dt.time(12)]))
typed("time-far", timestamp=pa.array([2**62], pa.timestamp("ms", tz="UTC")))
