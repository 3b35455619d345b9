#!/bin/sh
# A Dask executor never runs a failed call again: the same call gets the first failure for as long as
# anybody holds it.
#
# Seen with distributed 2026.8.0, Python 3.11, on 2026-12-01. `Client.get_executor()` is a
# `concurrent.futures.Executor`, whose `submit` "schedules the callable to be executed" (Python's
# documentation, concurrent.futures). Dask's names the call by its function and arguments (`pure=True`)
# and takes two calls with one name for one: while a future of the first is held, as a list of futures
# to be waited for holds it, a second try of a call that failed is not made; it fails at once with the
# first exception. `get_executor(pure=False)` does what a pool of threads does. A keyword that the
# function has and Dask has too (`retries`, `priority`) does not reach the function.
set -eu
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check distributed==2026.8.0

cat >"$place/try.py" <<'PYTHON'
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from distributed import Client


def fails_once(path):
    with open(path, "a") as file:
        file.write("called\n")
    if len(Path(path).read_text().splitlines()) == 1:
        raise OSError("not yet")
    return "done"


def says(retries="ours"):
    return retries


def tried(executor):
    path = tempfile.mktemp()
    futures, said = [], []
    for _ in range(3):
        futures.append(executor.submit(fails_once, path))
        try:
            said.append(futures[-1].result())
        except OSError as error:
            said.append(str(error))
    return said, f"calls: {len(Path(path).read_text().splitlines())}"


if __name__ == "__main__":
    with Client(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as client:
        print("threads", *tried(ThreadPoolExecutor(1)))
        print("dask", *tried(client.get_executor()))
        print("dask, pure=False", *tried(client.get_executor(pure=False)))
        print("threads", ThreadPoolExecutor(1).submit(says, retries=5).result())
        print("dask", client.get_executor().submit(says, retries=5).result())
PYTHON
"$place/venv/bin/python" "$place/try.py" 2>/dev/null >"$place/seen"

cat >"$place/expected" <<'TEXT'
threads ['not yet', 'done', 'done'] calls: 3
dask ['not yet', 'not yet', 'not yet'] calls: 1
dask, pure=False ['not yet', 'done', 'done'] calls: 3
threads 5
dask ours
TEXT
diff "$place/expected" "$place/seen" && echo "as seen on 2026-12-01"
