"""A Spark standalone cluster on loopback: a master and two workers, each a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

SECONDS = 60


@contextmanager
def standalone(folder: Path, workers: int = 2) -> Iterator[str]:
    """Start a cluster and give its address, `spark://127.0.0.1:port`.

    Args:
        folder: Where logs and working files go.
        workers: How many workers, of one core each.

    Raises:
        TimeoutError: The processes did not find each other within a minute.
    """
    with ExitStack() as stack:
        master = _start(stack, folder, "master", "--port", "0")
        address = _wait_for(master, r"Starting Spark master at (spark://[\w.]+:\d+)")
        for number in range(workers):
            worker = _start(stack, folder, f"worker{number}", "--cores", "1", "-m", "1g", address)
            _wait_for(worker, "(Successfully registered with master)")
        yield address


def _start(stack: ExitStack, folder: Path, name: str, *arguments: str) -> Path:
    import pyspark

    home = Path(pyspark.__file__).parent
    kind = name.rstrip("0123456789")
    log = folder / f"{name}.log"
    script = home / "bin" / "spark-class"
    command = [str(script), f"org.apache.spark.deploy.{kind}.{kind.title()}"]
    command += ["--host", "127.0.0.1", "--webui-port", "0", *arguments]
    settings = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_WORKER_DIR": str(folder / name)}
    settings |= {"SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "512m"}
    out = stack.enter_context(log.open("wb"))
    process = subprocess.Popen(
        command, stdout=out, stderr=subprocess.STDOUT, env=os.environ | settings
    )
    stack.callback(process.wait, 30)
    stack.callback(process.terminate)
    return log


def _wait_for(log: Path, pattern: str) -> str:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        found = re.search(pattern, log.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise TimeoutError(f"{log.name} does not say {pattern!r}:\n{log.read_text()[-2000:]}")
