#!/usr/bin/env python3
"""Runs the commands of a table of claims and writes what came out: index.html, evidence.json, and a folder per command.

    evidence.py --claims FILE --out FOLDER --scale full|small [ID …]

Exit code 1 when a command failed or a figure could not be read; what was skipped is named and is no failure.
"""

import argparse
import html
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import time

SKIPPED = 77
TAIL_BYTES = 200_000
MARK = ".evidence"  # a folder with this file is ours to remove


def read_claims(path):
    fields = ("id", "claim", "seconds", "full", "small", "pattern")
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    for row in rows:
        if len(row) != len(fields):
            sys.exit(f"{path}: {row[0]}: {len(row)} columns instead of {len(fields)}")
    return [dict(zip(fields, row)) for row in rows]


def output_of(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=20).stdout.strip()
    except OSError:
        return ""


def machine():
    cpu = re.search(r"^model name\s*:\s*(.*)$", open("/proc/cpuinfo", encoding="utf-8").read(), re.M)
    memory = re.search(r"^MemTotal:\s*(\d+)", open("/proc/meminfo", encoding="utf-8").read(), re.M)
    system = re.search(r'^PRETTY_NAME="(.*)"', open("/etc/os-release", encoding="utf-8").read(), re.M)
    return {
        "processor": cpu.group(1) if cpu else platform.machine(),
        "cores": os.cpu_count(),
        "memory_mib": int(memory.group(1)) // 1024 if memory else None,
        "system": system.group(1) if system else platform.system(),
        "kernel": platform.release(),
        "disk": output_of("df", "--output=fstype,source", os.environ.get("TMPDIR", "/tmp")).split("\n")[-1],
        "load_at_start": os.getloadavg()[0],
        "compiler": output_of("c++", "--version").split("\n")[0],
    }


def commit():
    changed = output_of("git", "status", "--porcelain")
    return {"commit": output_of("git", "rev-parse", "HEAD") or "unknown", "changed_files": len(changed.split("\n")) if changed else 0}


def run(command, folder, seconds):
    """State, exit code, output and time of one command. It is a process group of its own, which is ended at the limit."""
    os.makedirs(folder)
    begun = time.monotonic()
    with open(os.path.join(folder, "output.txt"), "w+", encoding="utf-8", errors="replace") as log:
        process = subprocess.Popen(["bash", "-c", command], stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                                   env={**os.environ, "EVIDENCE_FOLDER": os.path.abspath(folder)}, start_new_session=True)
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            code = None
        log.seek(max(0, os.path.getsize(log.name) - TAIL_BYTES))
        output = log.read()
    state = "ok" if code == 0 else "skipped" if code == SKIPPED else "failed"
    return {"state": state, "exit": code, "output": output, "seconds": round(time.monotonic() - begun, 1), "command": command}


def last_line(text):
    lines = [line for line in text.split("\n") if line.strip()]
    return lines[-1].strip()[:200] if lines else "it said nothing"


def figure_of(pattern, outcome):
    """What the pattern finds at its last place; nothing when it finds none."""
    if pattern == "-":
        return "passed"
    found = list(re.finditer(pattern, outcome["output"]))
    return " / ".join(part for part in found[-1].groups() if part is not None) if found else None


def judge(claim, outcome):
    row = {"id": claim["id"], "claim": claim["claim"], "state": outcome["state"], "command": outcome["command"],
           "seconds": outcome["seconds"], "folder": outcome["folder"], "figure": None, "note": ""}
    if outcome["state"] == "ok":
        row["figure"] = figure_of(claim["pattern"], outcome)
        if row["figure"] is None:
            row["state"], row["note"] = "failed", "the figure was not found in the output"
    elif outcome["exit"] is None:
        row["note"] = f"not done within {claim['seconds']} s"
    else:
        row["note"] = last_line(outcome["output"])
    return row


def missing_script(command):
    """The first word that is a script of the tree which is not there."""
    for word in command.split():
        if word.endswith(".sh") and not os.path.exists(word):
            return word
    return None


def measure(claims, scale, out):
    outcomes, rows = {}, []
    for claim in claims:
        command = claim[scale]
        source = command[1:] if command.startswith("=") else claim["id"]
        if source == claim["id"]:
            gone = missing_script(command)
            if command == "-" or gone:
                reason = f"{gone} is not there" if gone else "not at this scale"
                outcomes[source] = {"state": "skipped", "exit": SKIPPED, "output": reason, "seconds": 0, "command": claim["full"],
                                    "folder": None}
            else:
                print(f"{claim['id']}: {command}", flush=True)
                outcomes[source] = {**run(command, os.path.join(out, source), int(claim["seconds"])), "folder": source}
        if source not in outcomes:
            continue  # its command was not asked for
        rows.append(judge(claim, outcomes[source]))
        last = rows[-1]
        print(f"  {last['state']:8} {last['id']}: {last['figure'] or last['note']}", flush=True)
    return rows


def files_of(folder, out):
    if not folder:
        return []
    found = []
    for where, _, names in os.walk(os.path.join(out, folder)):
        found += [os.path.relpath(os.path.join(where, name), out) for name in names]
    return sorted(found)


STYLE = """
:root{--ink:#1c2430;--soft:#5b6675;--paper:#f6f7f9;--card:#fff;--line:#dfe3e8;--ok:#1f7a3d;--failed:#b3261e}
@media(prefers-color-scheme:dark){
:root{--ink:#e6eaf0;--soft:#a2adbb;--paper:#12161c;--card:#1b212a;--line:#333d4a;--ok:#74cf92;--failed:#ff8a80}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:1180px;margin:0 auto;padding:20px 16px}
h1{font-size:1.5rem;margin:0}.soft{color:var(--soft)}
.table{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%;min-width:640px}
th,td{text-align:left;vertical-align:top;padding:6px 10px;border-bottom:1px solid var(--line)}
code{font-size:.85em;overflow-wrap:anywhere}a{color:inherit}
.ok{color:var(--ok)}.failed{color:var(--failed);font-weight:600}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:12px;margin-top:16px}
img{width:100%}
"""


def time_of(row):
    return f' <span class="soft">in {row["seconds"]} s</span>' if row["seconds"] else ""


def table_row(row, out):
    links = " ".join(f'<a href="{html.escape(name)}">{html.escape(os.path.basename(name))}</a>' for name in files_of(row["folder"], out))
    cells = (html.escape(row["claim"]), html.escape(row["figure"] or row["note"]) + time_of(row),
             f'<code>{html.escape(row["command"])}</code>', links)
    return f'<tr><td class="{row["state"]}">{row["state"]}</td>' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def plots_of(claims, out):
    names = sorted({name for row in claims for name in files_of(row["folder"], out) if name.endswith(".svg")})
    return "".join(f'<a href="{html.escape(name)}"><img src="{html.escape(name)}" alt="{html.escape(name)}"></a>' for name in names)


def circumstances(result):
    about = result["machine"]
    changed = f", with {result['changed_files']} files changed since" if result["changed_files"] else ""
    lines = (f'{result["made_at"]} · scale {result["scale"]} · commit {result["commit"]}{changed}',
             f'{about["processor"]}, {about["cores"]} cores, {about["memory_mib"]} MiB · {about["system"]}, kernel {about["kernel"]} · '
             f'disk {about["disk"]} · load {about["load_at_start"]:.2f} at the start · {about["compiler"]}')
    return "<br>".join(html.escape(line) for line in lines)


def page(result, out):
    rows = "".join(table_row(row, out) for row in result["claims"])
    headings = "".join(f"<th>{name}</th>" for name in ("", "claim", "figure of now", "command", "files"))
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>Evidence</title><style>{STYLE}</style></head>
<body><main><h1>Evidence</h1><p class="soft">{circumstances(result)}</p>
<p>{result["ok"]} made again, {result["failed"]} failed, {result["skipped"]} skipped. Generators and servers share this machine.</p>
<div class="table"><table><tr>{headings}</tr>{rows}</table></div>
<div class="plots">{plots_of(result["claims"], out)}</div></main></body></html>
"""


def clear(out):
    """Makes the folder; removes an older result, and nothing else."""
    os.makedirs(out, exist_ok=True)
    if os.listdir(out) and not os.path.exists(os.path.join(out, MARK)):
        sys.exit(f"evidence: {out} holds something else; choose another folder")
    shutil.rmtree(out)
    os.makedirs(out)
    with open(os.path.join(out, MARK), "w", encoding="utf-8"):
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--scale", choices=("full", "small"), default="full")
    parser.add_argument("ids", nargs="*")
    options = parser.parse_args()
    claims = read_claims(options.claims)
    unknown = set(options.ids) - {claim["id"] for claim in claims}
    if unknown:
        sys.exit(f"evidence: no claim is called {', '.join(sorted(unknown))}")
    if options.ids:
        claims = [c for c in claims if c["id"] in options.ids or c[options.scale].removeprefix("=") in options.ids]
    clear(options.out)
    about = machine()
    rows = measure(claims, options.scale, options.out)
    count = {state: sum(row["state"] == state for row in rows) for state in ("ok", "failed", "skipped")}
    result = {"made_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "scale": options.scale, **commit(), "machine": about, **count,
              "claims": rows}
    with open(os.path.join(options.out, "evidence.json"), "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)
        file.write("\n")
    with open(os.path.join(options.out, "index.html"), "w", encoding="utf-8") as file:
        file.write(page(result, options.out))
    print(f"{count['ok']} made again, {count['failed']} failed, {count['skipped']} skipped: {options.out}/index.html")
    sys.exit(1 if count["failed"] else 0)


main()
