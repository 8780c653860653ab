#!/usr/bin/env python3
"""Checks a bundle of a closed quarter: that nothing in it was changed since it was sealed, and that its rows make its figures.

    python3 verify.py BUNDLE.zip [--figures]

Needs nothing but Python 3.8 or newer. Exit code 0: all is as it was sealed; 1: it is not, and what is not is named; 2: no bundle.
The hash that is printed first is the edition's: compare it with the one that the product shows, or that the next edition names.
Every figure is computed again from the rows: kept shares and shares with Wilson's interval, ratios, sums, Kaplan-Meier medians and 90th
percentiles, means over accounts. Not computed again are the intervals of ratios and of means over accounts (the latter are bootstrapped),
and figures beside the main one that are not named below.
"""
import datetime
import hashlib
import json
import math
import sys
import zipfile
import zlib
from collections import Counter, defaultdict
from decimal import Decimal, getcontext

Z = 1.959963984540054
getcontext().prec = 60


def sha(data):
    return hashlib.sha256(data).hexdigest()


def lines_of(data):
    return data.split(b"\n")[:-1] if data else []


def member(bundle, name, problems):
    """A file of the bundle; what cannot be unpacked is named, and None."""
    try:
        return bundle.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        problems.append(f"{name} is damaged and cannot be unpacked: {error}")
        return None


def check_lines(name, data, listed, problems):
    """Names the lines that were changed, added or removed, by the list of line hashes."""
    here = Counter(sha(line) for line in lines_of(data))
    sealed = Counter(digest for digest, _ in listed)
    for number, line in enumerate(lines_of(data), 1):
        digest = sha(line)
        if here[digest] > sealed[digest]:
            here[digest] -= 1
            problems.append(f"{name}.jsonl line {number} is not what was sealed: {line[:200].decode('utf-8', 'replace')}")
    here = Counter(sha(line) for line in lines_of(data))
    for digest, what in listed:
        if sealed[digest] > here[digest]:
            sealed[digest] -= 1
            problems.append(f"{name}.jsonl lacks a line that was sealed: {what}")


def check_hashes(bundle, problems):
    """The head by its hash, each file by the head, each line by the list."""
    manifest = json.loads(bundle.read("manifest.json"))
    head_text = bundle.read("edition.json")
    print(f"edition {sha(head_text)}")
    if sha(head_text) != manifest["edition_sha256"]:
        problems.append("edition.json is not what was sealed")
    head = json.loads(head_text)
    listed = defaultdict(list)
    for line in lines_of(member(bundle, "lines.sha256", [])):
        file, digest, what = line.decode("utf-8").split(" ", 2)
        listed[file].append((digest, what))
    content = {}
    for name in sorted(head["files"]):
        content[name] = member(bundle, f"{name}.jsonl", problems)
        if content[name] is None:
            continue
        if sha(content[name]) != head["files"][name]["sha256"]:
            found = len(problems)
            check_lines(name, content[name], listed[name], problems)
            if len(problems) == found:
                problems.append(f"{name}.jsonl is not what was sealed, and neither is the list of its lines, or their order")
    for name, digest in manifest["files"].items():
        found = member(bundle, name, problems) if name[:-6] not in head["files"] else None
        if found is not None and sha(found) != digest:
            problems.append(f"{name} is not what the manifest says")
    return head, content


def instant(text):
    return datetime.datetime(int(text[0:4]), int(text[5:7]), int(text[8:10]), int(text[11:13]), int(text[14:16]), int(text[17:19]), int(text[20:26]))


def head_instant(text):
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)


def hours(later, earlier):
    micros = (instant(later) - instant(earlier)) // datetime.timedelta(microseconds=1)
    return float(Decimal(micros) / 1000000) / 3600


def wilson(kept, n):
    if n == 0:
        return None
    p = kept / n
    denominator = 1 + Z * Z / n
    centre = (p + Z * Z / (2.0 * n)) / denominator
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4.0 * n * n)) / denominator
    return {"low": max(0.0, centre - half), "high": min(1.0, centre + half)}


def reached(lengths, share):
    """Kaplan-Meier: the first length at which no more than that share goes on."""
    ended, leaving = Counter(), Counter()
    for length, over in lengths:
        leaving[length] += 1
        ended[length] += over
    going_on, remaining = 1.0, float(len(lengths))
    for length in sorted(leaving):
        going_on *= (remaining - ended[length]) / remaining
        if ended[length] and going_on <= share + 1e-9:
            return length
        remaining -= leaving[length]
    return None


def rate(rows):
    """A rate of kept commitments with its counts."""
    states = Counter(row["status"] for row in rows)
    kept, missed = states["kept"], states["missed"]
    waits = [(hours(row["fulfilled_at"] if row["answered"] else row["judged_at"], row["opened_at"]), row["answered"]) for row in rows if row["status"] != "excused"]
    return {
        "value": kept / (kept + missed) if kept + missed else None, "n": kept + missed, "kept": kept, "missed": missed, "pending": states["pending"],
        "excluded": dict(Counter(row["excused"] for row in rows if row["status"] == "excused")), "interval": wilson(kept, kept + missed),
        "median_hours": reached(waits, 0.5), "p90_hours": reached(waits, 0.1),
    }


def total(rows, field):
    amounts = [Decimal(row[field]) for row in rows if row[field] is not None]
    return sum(amounts, Decimal(0)) if amounts else None


def measure(rows, definition):
    """A measure, by how its rows become a figure."""
    counted = [row for row in rows if row["excluded"] is None]
    figure = {"value": None, "n": len(counted), "excluded": dict(Counter(row["excluded"] for row in rows if row["excluded"] is not None))}
    kind = definition["aggregation"]
    if not rows and kind == "Sum" and definition["unit"] == "Count":
        figure["value"] = 0.0
    if not counted:
        return figure
    if kind in ("Median", "NinetiethPercentile"):
        lengths = [(float(Decimal(row["amount"])) if row["amount"] is not None else math.inf, row["finished"] is True) for row in counted]
        figure["median"], figure["p90"] = reached(lengths, 0.5), reached(lengths, 0.1)
        figure["value"] = figure["median"] if kind == "Median" else figure["p90"]
        return figure
    if kind == "AccountMean":
        accounts = defaultdict(list)
        for row in counted:
            accounts[int(row["account_id"])].append(row)
        means = 0.0
        for account in sorted(accounts):
            means += float(total(accounts[account], "amount") or 0) / len(accounts[account])
        figure["value"] = means / len(accounts)
        return figure
    if len({row["currency"] for row in counted if row["currency"] is not None}) > 1:
        return figure
    figure["amount"], figure["base"] = total(counted, "amount"), total(counted, "base")
    if kind == "Sum":
        figure["value"] = float(figure["amount"]) if figure["amount"] is not None else None
    elif figure["base"]:
        figure["value"] = float(figure["amount"] / figure["base"])
        if kind == "Share":
            figure["interval"] = wilson(int(figure["amount"]), len(counted))
    return figure


def same(said, found):
    """Whether two values are one to the last digit."""
    if isinstance(found, dict):
        return said is not None and set(said) == set(found) and all(same(said[key], found[key]) for key in found)
    if said is None or found is None:
        return said is None and found is None
    return float(said) == found if isinstance(found, float) else Decimal(said) == Decimal(found)


def rows_by(content):
    """Rows by what they are rows of, and by the part where they have rows for each."""
    commitments, measures = defaultdict(list), defaultdict(list)
    for line in lines_of(content["commitments"]):
        row = json.loads(line)
        commitments[row["rows_of"]].append(row)
    for line in lines_of(content["measures"]):
        row = json.loads(line)
        measures[row["rows_of"], row["part"]].append(row)
    return commitments, measures


class Figures:
    def __init__(self, head, content):
        self.quarter = head["parts"][0]["part"]
        self.parts = {part["part"]: (head_instant(part["from"]), head_instant(part["to"])) for part in head["parts"]}
        self.accounts = {row["account_id"]: row for row in map(json.loads, lines_of(content["accounts"]))}
        self.definitions = {}
        for line in lines_of(content["definitions"]):
            row = json.loads(line)
            self.definitions[row["metric"]] = (row["rows_of"], json.loads(row["definition"]))
        self.commitments, self.measures = rows_by(content)

    def group(self, row, dimension):
        if dimension in ("region", "segment"):
            return self.accounts.get(row["account_id"], {}).get(dimension)
        return row[dimension]

    def compute(self, figure):
        rows_of, definition = self.definitions[figure["metric"]]
        is_rate = definition["aggregation"] == "KeptShare"
        whole = definition["depends_on_period"]
        rows = self.commitments[rows_of] if is_rate else self.measures[rows_of, figure["part"] if whole else self.quarter]
        if not whole and figure["part"] != self.quarter:
            begin, end = self.parts[figure["part"]]
            rows = [row for row in rows if begin <= instant(row["counted_at"]) < end]
        if figure["dimension"] != "all":
            rows = [row for row in rows if self.group(row, figure["dimension"]) == figure["key"]]
        return rate(rows) if is_rate else measure(rows, definition)


def check_figures(head, content, problems, show):
    figures, checked = Figures(head, content), 0
    for line in lines_of(content["figures"]):
        figure = json.loads(line)
        said = json.loads(figure["value"], parse_float=Decimal, parse_int=Decimal)
        found = figures.compute(figure)
        checked += 1
        name = " ".join([figure["metric"], figure["part"], figure["dimension"], "-" if figure["key"] is None else figure["key"]])
        if show:
            print(f"figure {name} = {'-' if found['value'] is None else repr(float(found['value']))}")
        for field, value in found.items():
            if not same(said.get(field), value):
                problems.append(f"figure {name}: {field} is said to be {said.get(field)}, its rows make {value}")
    return checked


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    problems = []
    try:
        with zipfile.ZipFile(sys.argv[1]) as bundle:
            head, content = check_hashes(bundle, problems)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        print(f"This is no bundle: {error}")
        return 2
    print(f"{head['period']}, number {head['number']}, cut off {head['cut_off']}, signed by {' and '.join(s['by'] for s in head['signatures'])}")
    if not problems:
        print(f"{check_figures(head, content, problems, '--figures' in sys.argv)} figures computed again from their rows")
    for problem in problems:
        print(f"NOT AS SEALED: {problem}")
    print("All is as it was sealed." if not problems else f"{len(problems)} problems.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
