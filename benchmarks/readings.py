"""Asks a node for one sensor's readings: readings.py URL SENSOR FROM TO DAY. Prints what an answer takes."""
import http.client
import json
import statistics
import sys
import time
import urllib.parse

url, sensor, first, last, day = sys.argv[1:]
connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc)


def ask(name, question, rounds):
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        connection.request("GET", f"/v0/devices/1/readings?sensor_id={sensor}&{question}")
        answer = connection.getresponse()
        body = answer.read()
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            sys.exit(f"{answer.status} {body[:500]!r}")
    warm = sorted(times[rounds // 3:])
    told = json.loads(body)
    print(f"{name:22}{statistics.median(warm):8.2f} ms median{warm[len(warm) * 9 // 10]:8.2f} ms p90,"
          f" {len(told['readings'])} points of {told['sample_size']} readings, {len(body)} bytes")


year = f"from={first}&to={last}"
ask("year by hour", f"{year}&rollup=1h", 400)
ask("year by day", f"{year}&rollup=1d", 400)
ask("year by month", f"{year}&rollup=1M", 400)
ask("year by 10 minutes", f"{year}&rollup=10m", 20)
ask("day, every reading", f"from={day}&to={day}T23:59:59Z&rollup=1s", 600)
ask("day by hour", f"from={day}&to={day}T23:59:59Z&rollup=1h", 300)
