#!/usr/bin/env python3
"""Times whole runs of the program, as a user meets them: bench/process.py [BINARY [SCENARIO]].

Pins the process to one processor and prints the median and the range of 21 runs, of wall and of
processor time. Run from the repository root.
"""
import os
import resource
import statistics
import subprocess
import sys
import time

binary = sys.argv[1] if len(sys.argv) > 1 else "build/release/delian"
scenario = sys.argv[2] if len(sys.argv) > 2 else "scenarios/nato-tokyo-2023/scenario.toml"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

wall, processor = [], []
for _ in range(21):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run([binary, "run", "--quiet", "--threads", "1", scenario],
                   check=True, stdout=subprocess.DEVNULL)
    wall.append(time.perf_counter() - start)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
for name, times in (("wall", wall), ("processor", processor)):
    print(f"{name:9} median {statistics.median(times) * 1000:6.1f} ms"
          f"  from {min(times) * 1000:.1f} to {max(times) * 1000:.1f}")
