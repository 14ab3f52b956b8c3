"""Makes the files beside it: python make.py, with pyarrow 26."""

import datetime as dt

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
