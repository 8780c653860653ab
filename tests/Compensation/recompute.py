"""Computes every statement of an exported pay run again, from its plans, terms and inputs, and compares to the cent.

    python3 recompute.py BUNDLE.json

Written from the plan's rules alone and with exact fractions, so that it shares neither code nor rounding with the product.
Prints one line for each difference; exit code 1 when there is any.
"""
import datetime as dt
import json
import sys
from fractions import Fraction as F


def number(value):
    return None if value is None else F(str(value))


def rounded(amount, decimals):
    """Half away from zero. Digits beyond the 15th come of quotients that were written down and are no more than that."""
    amount = F(round(amount * 10 ** 15), 10 ** 15)
    scaled = abs(amount) * 10 ** decimals
    units = int(scaled) + (1 if scaled - int(scaled) >= F(1, 2) else 0)
    return (units if amount >= 0 else -units) * F(1, 10 ** decimals)


def curve(points, better, x, clamped=False):
    """Nothing short of the first point, straight lines between, the last point's beyond it."""
    side = 1 if better == "higher" else -1
    pts = sorted(((side * number(p["at"]), number(p["pays"])) for p in points))
    x = side * x
    if x < pts[0][0]:
        return pts[0][1] if clamped else F(0)
    for (x0, y0), (x1, y1) in zip(pts, pts[1:]):
        if x < x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return pts[-1][1]


def commission(component, volume, share):
    tiers = [(number(t["from"]) * share, number(t["rate"])) for t in component["rates"]]
    if component["tiers"] == "retroactive":
        reached = [rate for start, rate in tiers if start <= volume]
        return volume * (reached[-1] if reached else 0)
    ends = [start for start, _ in tiers[1:]] + [None]
    return sum((max(F(0), (volume if end is None else min(volume, end)) - start) * rate for (start, rate), end in zip(tiers, ends)), F(0))


def obstacle(given, minimum):
    return given.get("doubt") is not None or given["n"] < minimum or given["value"] is None


def measured(component, inputs):
    """What counts for a component, and whether it is earned, held or given to the others."""
    own, least = inputs[component["metric"], component["for"]], component["minimum_n"]
    if own["n"] < least:
        if "weight" not in component:
            return own, "held"
        team = inputs.get((component["metric"], "team")) if component["for"] == "person" else None
        if team is None or team["n"] < least:
            return own, "redistributed"
        own = team
    if obstacle(own, least):
        return own, "held"
    low, high = number(own["low"]), number(own["high"])
    if component.get("straddling") == "hold" and low is not None and low < number(component["target"]) < high:
        return own, "held"
    return own, "earned"


def factor(plan, component, inputs):
    """Product of gates and modifiers; None when a gate cannot be judged."""
    product, held = F(1), False
    for gate in (g for g in plan["gates"] if not g["before"] or component["id"] in g["before"]):
        given = inputs[gate["metric"], gate["for"]]
        if obstacle(given, gate["minimum_n"]):
            held = True
        elif (number(given["value"]) < number(gate["limit"])) if gate["better"] != "lower" else (number(given["value"]) > number(gate["limit"])):
            product = F(0)
    for modifier in (m for m in plan["modifiers"] if not m["of"] or component["id"] in m["of"]):
        given = inputs[modifier["metric"], modifier["for"]]
        if not obstacle(given, modifier["minimum_n"]):
            product *= curve(modifier["points"], modifier["better"], number(given["value"]), clamped=True) / 100
    return product, held


def proration(every, start, end):
    months = {"month": 1, "quarter": 3, "year": 12}[every]
    share, first = F(0), dt.date(start.year, (start.month - 1) // months * months + 1, 1)
    while first < end:
        after = first.month - 1 + months
        following = dt.date(first.year + after // 12, after % 12 + 1, 1)
        share += F((min(end, following) - max(start, first)).days, (following - first).days)
        first = following
    return share


def segment_amounts(segment, plan):
    """What a segment earns and holds, unrounded."""
    inputs = {(i["metric"], i["for"]): i for i in segment["inputs"]}
    share, incentive = proration(plan["every"], dt.date.fromisoformat(segment["from"]), dt.date.fromisoformat(segment["to"])), number(segment["incentive"])
    lines = []
    for component in plan["components"]:
        given, state = measured(component, inputs)
        product, gated = factor(plan, component, inputs)
        lines.append([component, given, "held" if gated and state == "earned" else state, product])
    lost = sum(number(c["weight"]) for c, _, state, _ in lines if state == "redistributed")
    left = sum(number(c["weight"]) for c, _, state, _ in lines if state != "redistributed" and "weight" in c)
    earned = held = F(0)
    for component, given, state, product in lines:
        value = number(given["value"])
        if state == "redistributed" and left == 0:
            state, weight = "held", number(component["weight"])
        elif "weight" in component:
            weight = number(component["weight"]) * ((left + lost) / left if lost else 1)
        if state == "redistributed" or value is None:
            continue
        if "weight" in component:
            points = [{"at": number(p["at"]) * share, "pays": p["pays"]} for p in component["points"]] if component["is_volume"] else component["points"]
            amount = curve(points, component["better"], value) / 100 * weight / 100 * incentive * product * share
        else:
            amount = commission(component, value, share) * product
        earned, held = (earned + amount, held) if state == "earned" else (earned, held + amount)
    for limit, choose in (("cap", min), ("floor", max)):
        if plan[limit] is not None:
            amount = number(plan[limit]["amount"]) if plan[limit]["amount"] is not None else number(plan[limit]["percent"]) * incentive / 100
            earned = choose(earned, amount * share)
    return earned, held


def pooled(pool, weights, decimals):
    """Shares that add up to the pool, the units left over to the largest remainders."""
    units, whole = rounded(pool, decimals) * 10 ** decimals, sum(weights)
    exact = [units * w / whole if whole else F(0) for w in weights]
    shares = [int(e) for e in exact]
    order = sorted(range(len(weights)), key=lambda i: (-(exact[i] - shares[i]), i))
    for i in order[:int(units - sum(shares)) if whole else 0]:
        shares[i] += 1
    return [s * F(1, 10 ** decimals) for s in shares]


def main(path):
    with open(path, encoding="utf-8") as file:
        bundle = json.load(file, parse_float=str, parse_int=str)
    for values in (i for s in bundle["statements"] for g in s["segments"] for i in g["inputs"]):
        values["n"] = int(values["n"])
    plans = {p["version"]: p for p in bundle["plans"]}
    for part in (x for p in plans.values() for kind in ("components", "gates", "modifiers") for x in p[kind]):
        part["minimum_n"] = int(part["minimum_n"])
    last = max(plans.values(), key=lambda p: (p["from"], int(p["version"])))
    decimals, differences, total = int(last["decimals"]), [], F(0)
    amounts = [[segment_amounts(g, plans[g["version"]]) for g in s["segments"]] for s in bundle["statements"]]
    sums = [(sum((e for e, _ in a), F(0)), sum((h for _, h in a), F(0))) for a in amounts]
    own = [rounded(e - number(s["paid"]), decimals) for (e, _), s in zip(sums, bundle["statements"])]
    if last["pool"] is not None:
        members = [i for i, s in enumerate(bundle["statements"]) if s["pool"] is not None]
        weights = [rounded(max(F(0), part), 2) for i in members for part in (sums[i][0], rounded(sums[i][1], decimals))]
        for i, share in zip(members, pooled(number(last["pool"]), weights, decimals)[::2]):
            own[i] = share
    for statement, due in zip(bundle["statements"], own):
        whole = due + sum((number(a["amount"]) for a in statement["adjustments"]), F(0)) + number(statement["carried_in"])
        total += max(F(0), whole)
        for name, ours in (("own", due), ("payable", max(F(0), whole)), ("carried_out", min(F(0), whole))):
            if ours != number(statement[name]):
                differences.append(f"{statement['staff']}: {name} is {statement[name]}, recomputed {float(ours):.4f}")
    if bundle["control_total"] is not None and total != number(bundle["control_total"]):
        differences.append(f"control total is {bundle['control_total']}, recomputed {float(total):.2f}")
    print("\n".join(differences) or f"{len(own)} statements agree to the cent")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
