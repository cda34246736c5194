"""An SD-card file on stdout: year.py DAYS. A reading each minute of twelve sensors, from 2025-01-01 on."""
import random
import sys
from datetime import datetime, timedelta

random.seed(1)
ids = [10, 14, 53, 55, 56, 58, 87, 88, 89, 112, 113, 165]
titles = ",".join(f"S{i}" for i in ids)
print(f"TIME,{titles}\r\nISO 8601{',u' * len(ids)}\r\nTime,{titles}\r\n,{','.join(map(str, ids))}\r")
t, values = datetime(2025, 1, 1), [random.uniform(0, 100) for _ in ids]
for _ in range(int(sys.argv[1]) * 1440):
    values = [v + random.gauss(0, 0.1) for v in values]
    print(t.strftime("%Y-%m-%dT%H:%M:%SZ") + "".join(f",{v:.2f}" for v in values) + "\r")
    t += timedelta(minutes=1)
