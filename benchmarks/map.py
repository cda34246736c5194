"""Looks at the map of a node: map.py URL TOKEN_FILE SENSOR PATH. Prints what an answer takes."""
import datetime
import gzip
import http.client
import json
import statistics
import sys
import time
import urllib.parse

ROUNDS = 20


class Viewer:
    def __init__(self, url, token):
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc)
        self.token = token

    def look(self, path, encoding):
        begun = time.perf_counter()
        self.connection.request("GET", path, headers={"Accept-Encoding": encoding})
        answer = self.connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - begun) * 1000
        if answer.status != 200:
            sys.exit(f"{answer.status} {body[:500]!r}")
        return took, body

    def post(self, device, sensor, value):
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        entry = {"recorded_at": now, "sensors": [{"id": sensor, "value": value}]}
        head = {"Authorization": "Bearer " + self.token, "Content-Type": "application/json"}
        path = f"/v0/devices/{device}/readings"
        self.connection.request("POST", path, json.dumps({"data": [entry]}), head)
        answer = self.connection.getresponse()
        if b"ok" not in answer.read():
            sys.exit(f"reading not taken: {answer.status}")


def say(what, times):
    middle = statistics.median(times)
    print(f"  {what}: {middle:.1f} ms ({min(times):.1f} … {max(times):.1f})")


def main():
    url, token_file, sensor, path = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    with open(token_file, encoding="ascii") as file:
        viewer = Viewer(url, file.read().strip())
    took, body = viewer.look(path, "gzip")
    points = json.loads(gzip.decompress(body))
    print(f"{path}: {len(points['id'])} points, {len(body)} bytes compressed, first answer {took:.0f} ms")
    for encoding in ("gzip", "identity"):
        say(f"{encoding}, as it is", [viewer.look(path, encoding)[0] for _ in range(ROUNDS)])
        times = []
        for i in range(ROUNDS):
            viewer.post(points["id"][i], sensor, i + 0.5)
            time.sleep(1)
            times.append(viewer.look(path, encoding)[0])
        say(f"{encoding}, a second after a reading", times)


main()
