#!/usr/bin/env python3
"""The rounds of bench/peers/run.sh as a table and as JSON.

    summary.py ROUNDS.jsonl LEFT-OUT.tsv VERSIONS --connections N --json FILE

Medians over rounds; ratios are to Onsale's median in the same run, since figures of different runs must not be compared.
"""

import argparse
import json
import os
import platform
import statistics


def read_rounds(path):
    rounds = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            rounds.setdefault(row["peer"], []).append(row)
    return rounds


def per_100000(row, field):
    return row[field] * 100_000 / max(row["accepted"], 1)


def summary_of(peer, rows, left_out):
    speeds = [row["accepted_per_second"] for row in rows]
    return {
        "peer": peer,
        "rounds": len(rows),
        "accepted_per_second": {"min": min(speeds), "median": statistics.median(speeds), "max": max(speeds)},
        "server_cpu_s_per_100000": statistics.median(per_100000(row, "server_cpu_s") for row in rows),
        "client_cpu_s_per_100000": statistics.median(per_100000(row, "client_cpu_s") for row in rows),
        "p50_ms": statistics.median(row["p50_ms"] for row in rows),
        "p99_ms": statistics.median(row["p99_ms"] for row in rows),
        "what": left_out.get(peer, ""),
    }


def add_ratios(summaries):
    ours = next((s for s in summaries if s["peer"] == "onsale"), None)
    for summary in summaries:
        if ours is None:
            continue
        speed, cpu = summary["accepted_per_second"]["median"], summary["server_cpu_s_per_100000"]
        summary["ours_is_times_as_fast"] = ours["accepted_per_second"]["median"] / speed
        summary["its_server_cpu_to_ours"] = cpu / ours["server_cpu_s_per_100000"] if ours["server_cpu_s_per_100000"] else None


def print_table(summaries):
    print(f"{'':16}{'accepted/s':>10} {'min':>8} {'max':>8} {'p50 ms':>8} {'p99 ms':>8} {'server s':>9} {'client s':>9} {'ours is':>9}")
    for row in summaries:
        speed = row["accepted_per_second"]
        ratio = f"{row['ours_is_times_as_fast']:.2f} x" if "ours_is_times_as_fast" in row else ""
        print(f"{row['peer']:16}{speed['median']:10.0f} {speed['min']:8.0f} {speed['max']:8.0f} {row['p50_ms']:8.2f} {row['p99_ms']:8.2f} "
              f"{row['server_cpu_s_per_100000']:9.2f} {row['client_cpu_s_per_100000']:9.2f} {ratio:>9}")
    print("server s, client s: processor seconds for 100,000 accepted; medians of the rounds")
    for row in summaries:
        print(f"  {row['peer']}: {row['what']}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rounds")
    parser.add_argument("left_out")
    parser.add_argument("versions")
    parser.add_argument("--connections", type=int, required=True)
    parser.add_argument("--json", required=True)
    options = parser.parse_args()
    rounds = read_rounds(options.rounds)
    with open(options.left_out, encoding="utf-8") as file:
        left_out = dict(line.rstrip("\n").split("\t", 1) for line in file)
    with open(options.versions, encoding="utf-8") as file:
        versions = file.read().split("\n")
    summaries = [summary_of(peer, rows, left_out) for peer, rows in rounds.items()]
    add_ratios(summaries)
    print_table(summaries)
    result = {
        "connections": options.connections,
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "versions": [line for line in versions if line],
        "peers": summaries,
        "rounds": [row for rows in rounds.values() for row in rows],
    }
    with open(options.json, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)
        file.write("\n")


main()
