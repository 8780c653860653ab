"""Computes every statement of an exported pay run again, from its plans, terms and inputs, and compares to the cent.

    python3 recompute.py BUNDLE.json

Written from the plan's rules alone and with exact fractions, so that it shares neither code nor rounding with the product.
Prints one line for each difference; exit code 1 when there is any.
"""
import json
import sys
from datetime import date
from fractions import Fraction


def rounded(amount, decimals):
    """Half away from zero. Digits beyond the 15th come of quotients that were written down, and decide no cent."""
    units = int(round(abs(amount), 15) * 10 ** decimals + Fraction(1, 2))
    return Fraction(units if amount >= 0 else -units, 10 ** decimals)


def curve(points, better, value, clamped=False):
    """Nothing short of the first point (or, clamped, what that pays), straight lines between, the last point's beyond it."""
    side = -1 if better == "lower" else 1
    value, points = side * value, sorted((side * p["at"], p["pays"]) for p in points)
    if value < points[0][0]:
        return points[0][1] if clamped else 0
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if value < x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return points[-1][1]


def commission(component, volume, share):
    tiers = [(tier["from"] * share, tier["rate"]) for tier in component["rates"]]
    if component["tiers"] == "retroactive":
        return volume * ([0] + [rate for start, rate in tiers if start <= volume])[-1]
    ends = [start for start, _ in tiers[1:]] + [volume]
    return sum(max(0, min(volume, end) - start) * rate for (start, rate), end in zip(tiers, ends))


def unknown(given, least):
    return given["value"] is None or given["doubt"] is not None or given["n"] < least


def measured(component, inputs):
    """What counts for a component, and whether it is earned, held, or its weight given to the others."""
    given, least = inputs[component["metric"], component["for"]], component["minimum_n"]
    if given["n"] < least and "weight" in component:
        team = inputs.get((component["metric"], "team"))
        if component["for"] != "person" or team is None or team["n"] < least:
            return given, "redistributed"
        given = team
    straddles = component.get("straddling") == "hold" and given["low"] is not None and given["low"] < component["target"] < given["high"]
    return given, "held" if unknown(given, least) or straddles else "earned"


def factor(plan, component, inputs):
    """Product of the gates and modifiers before a component, and whether a gate among them cannot be judged."""
    product, held = 1, False
    for gate in (g for g in plan["gates"] if component["id"] in (g["before"] or [component["id"]])):
        given, side = inputs[gate["metric"], gate["for"]], -1 if gate["better"] == "lower" else 1
        if unknown(given, gate["minimum_n"]):
            held = True
        elif side * given["value"] < side * gate["limit"]:
            product = 0
    for modifier in (m for m in plan["modifiers"] if component["id"] in (m["of"] or [component["id"]])):
        given = inputs[modifier["metric"], modifier["for"]]
        if not unknown(given, modifier["minimum_n"]):
            product *= curve(modifier["points"], modifier["better"], given["value"], clamped=True) / 100
    return product, held


def proration(every, start, end):
    """Days from start to before end, by the days of the periods they lie in."""
    months, share = {"month": 1, "quarter": 3, "year": 12}[every], 0
    number = (12 * start.year + start.month - 1) // months
    first, after = (date(n * months // 12, n * months % 12 + 1, 1) for n in (number, number + 1))
    if end > after:
        share, end = proration(every, after, end), after
    return share + Fraction((end - start).days, (after - first).days)


def segment_amounts(segment, plan):
    """What a segment earns and what it holds, unrounded."""
    inputs, incentive = {(i["metric"], i["for"]): i for i in segment["inputs"]}, segment["incentive"]
    share = proration(plan["every"], date.fromisoformat(segment["from"]), date.fromisoformat(segment["to"]))
    lines = [(component, *measured(component, inputs)) for component in plan["components"]]
    whole = sum(c.get("weight", 0) for c, _, _ in lines)
    left = sum(c.get("weight", 0) for c, _, state in lines if state != "redistributed")
    sums = {"earned": 0, "held": 0}
    for component, given, state in lines:
        product, gate_held = factor(plan, component, inputs)
        if given["value"] is None or (state == "redistributed" and left > 0):
            continue
        if "weight" in component:
            points = [{"at": p["at"] * (share if component["is_volume"] else 1), "pays": p["pays"]} for p in component["points"]]
            weight = component["weight"] * (whole / left if left > 0 else 1)
            amount = curve(points, component["better"], given["value"]) / 100 * weight / 100 * incentive * share
        else:
            amount = commission(component, given["value"], share)
        sums["earned" if state == "earned" and not gate_held else "held"] += amount * product
    for limit, choose in (("cap", min), ("floor", max)):
        if terms := plan[limit]:
            amount = terms["amount"] if terms["amount"] is not None else terms["percent"] * incentive / 100
            sums["earned"] = choose(sums["earned"], amount * share)
    return sums["earned"], sums["held"]


def pooled(pool, weights, decimals):
    """Shares that add up to the pool: whole units, those left over to the largest remainders."""
    exact = [rounded(pool, decimals) * 10 ** decimals * w / sum(weights) for w in weights] if sum(weights) else [0] * len(weights)
    shares = [int(e) for e in exact]
    for i in sorted(range(len(exact)), key=lambda i: shares[i] - exact[i])[:int(sum(exact)) - sum(shares)]:
        shares[i] += 1
    return [Fraction(share, 10 ** decimals) for share in shares]


def main(path):
    with open(path, encoding="utf-8") as file:
        bundle = json.load(file, parse_float=Fraction, parse_int=Fraction)
    statements, plans = bundle["statements"], {plan["version"]: plan for plan in bundle["plans"]}
    last = max(plans.values(), key=lambda plan: (plan["from"], plan["version"]))
    decimals = int(last["decimals"])
    sums = [[sum(part) for part in zip((0, 0), *(segment_amounts(g, plans[g["version"]]) for g in s["segments"]))] for s in statements]
    own = [rounded(earned - s["paid"], decimals) for s, (earned, _) in zip(statements, sums)]
    if last["pool"] is not None:
        sharing = [i for i, s in enumerate(statements) if s["pool"] is not None]
        weights = [rounded(max(0, part), 2) for i in sharing for part in (sums[i][0], rounded(sums[i][1], decimals))]
        for i, share in zip(sharing, pooled(last["pool"], weights, decimals)[::2]):
            own[i] = share
    totals = [due + sum(a["amount"] for a in s["adjustments"]) + s["carried_in"] for s, due in zip(statements, own)]
    differences = [
        f"{s['staff']}: {name} is {float(s[name])}, recomputed {float(ours):.4f}"
        for s, due, total in zip(statements, own, totals)
        for name, ours in (("own", due), ("payable", max(0, total)), ("carried_out", min(0, total))) if ours != s[name]]
    paid = sum(max(0, total) for total in totals)
    if bundle["control_total"] not in (None, paid):
        differences.append(f"control total is {float(bundle['control_total'])}, recomputed {float(paid):.2f}")
    print("\n".join(differences) or f"{len(own)} statements agree to the cent")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
