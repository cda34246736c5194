"""Prints the ratios that count of JMH's results: smartapi.py RESULTS.json"""
import json
import sys

scores = {}
for run in json.load(open(sys.argv[1])):
    kind, method = run["benchmark"].split(".")[-2:]
    every = [score for fork in run["primaryMetric"]["rawData"] for score in fork]
    scores[kind, method, *(run.get("params") or {}).values()] = (run["primaryMetric"]["score"], min(every), max(every))


def figure(score):
    mean, least, most = score
    digits = 0 if mean >= 100 else 1 if mean >= 10 else 2
    return f"{mean:,.{digits}f} ({least:,.{digits}f} … {most:,.{digits}f})"


def row(what, ours, other, unit, ratio, goal):
    if ours in scores and other in scores:
        one, two = scores[ours], scores[other]
        print(f"{what:52} {figure(one):>26} {figure(two):>28} {unit:4} {ratio(one[0], two[0]):6.2f}   {goal}")


print(f"{'mean (least … most) of iterations':52} {'here':>26} {'beside':>28}       ratio   goal")
for numbers in "hundredths", "digits17":
    for way in "read", "write":
        row(f"{way} NudeList of 1,000,000 ({numbers}), Jackson", ("NudeListBenchmark", f"{way}NudeList", numbers),
            ("NudeListBenchmark", f"{way}Jackson", numbers), "ms", lambda a, b: a / b, "at most 2 times the time")
for way in "read", "write":
    row(f"{way} Request, Turtle, Jena", ("TurtleBenchmark", way), ("TurtleBenchmark", f"{way}Jena"), "us",
        lambda a, b: b / a, "at least 2 times as fast")
for context in "named", "inlined":
    for way in "read", "write":
        row(f"{way} Request, JSON-LD, context {context}, Jena", ("JsonLdBenchmark", way, context),
            ("JsonLdBenchmark", f"{way}Jena", context), "us", lambda a, b: b / a, "at least 5 times as fast")
for engine, goal in ("BouncyCastle", 800), ("Corretto", 2000):
    row(f"round trips, {engine}; primitives, their share", ("SecurityBenchmark", "roundTrip", engine),
        ("SecurityBenchmark", "primitives", engine), "/s", lambda a, b: a / b, f"at least {goal:,} round trips/s")
