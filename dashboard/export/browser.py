"""A Chromium of our own: found, started, spoken to over a pipe, ended."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from dashboard.errors import DependencyError, shown

# Nothing listens here. Chromium is given no other way out, not even to this machine.
DEAD_PROXY = "http://127.0.0.1:9"

PROGRAMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

# The first group keeps Chromium from looking for anything on a network; it never even tries to
# connect to port 9, to which two of its services are sent. The second makes pixels independent of
# the machine. The rest lets it run as root, in a container, without a trace. Leave out
# --disable-crashpad-for-testing: with it, Chromium 156 restarts its network service for ever.
FLAGS = (
    "--component-updater=url-source=http://127.0.0.1:9/none",
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-features=AimEnabled,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,"
    "PreconnectToSearch,Translate",
    "--disable-field-trial-config",
    "--disable-sync",
    "--dns-prefetch-disable",
    "--gaia-url=http://127.0.0.1:9",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--metrics-recording-only",
    "--no-pings",
    "--proxy-bypass-list=<-loopback>",
    "--disable-lcd-text",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--lang=en-US",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--headless",
    "--mute-audio",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-sandbox",
    "--no-startup-window",
    "--password-store=basic",
    "--use-mock-keychain",
    "--remote-debugging-pipe",
)
# Chromium reads its commands on 3 and writes on 4.
SHELL = 'exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null'
CRASHES = ("Inspector.targetCrashed", "Inspector.detached", "Target.detachedFromTarget")
CLOSING_SECONDS = 3.0


# Chromium puts a socket among its temporary files, and no socket's path is longer than 107
# characters: it ends at once, and says nothing, where theirs is.
_SOCKET = "/ct-xxxxxxxx/org.chromium.Chromium.XXXXXX/SingletonSocket"
LONGEST_TEMPORARY = 107 - len(_SOCKET)


def temporary_folder() -> str:
    """Return where Chromium's own temporary folder may stand: where its path is not too long."""
    usual = tempfile.gettempdir()
    if len(usual) <= LONGEST_TEMPORARY:
        return usual
    short = (root for root in ("/tmp", "/var/tmp") if os.access(root, os.W_OK | os.X_OK))
    return next(short, usual)


class BrowserEndedError(Exception):
    """Chromium ended, or can no longer draw; another one may."""


class PageError(Exception):
    """A script in the page failed; its message is the text."""


def find_chromium() -> str:
    """Return the path of the Chromium or Chrome to use.

    Raises:
        DependencyError: There is none, or `BROWSER_PATH` names none.
    """
    if sys.platform == "win32":
        raise DependencyError(
            "On Windows the command line draws no images: use Download on the page, or WSL."
        )
    wanted = os.environ.get("BROWSER_PATH", "")
    for program in (wanted,) if wanted else PROGRAMS:
        if path := shutil.which(program):
            return path
    found = f"BROWSER_PATH={shown(wanted)} is not a program" if wanted else "Chromium was not found"
    raise DependencyError(
        f"{found}: to draw images, install it with `apt install chromium` or set BROWSER_PATH "
        "to where Chromium or Chrome is."
    )


class Browser:
    """One running Chromium with one blank page.

    Answers must arrive within the time that `allow` gave last. After a `TimeoutError` or any other
    error but `PageError`, only `kill` is of use.
    """

    def __init__(self, proxy: str, seconds: float) -> None:
        """Start Chromium and attach to its page.

        Raises:
            DependencyError: There is no Chromium.
            BrowserEndedError: It ended at once; the text says what it complained of.
        """
        self.allow(seconds)
        self._path = find_chromium()
        self._profile = Path(tempfile.mkdtemp(prefix="conflict-timeline-"))
        # What it leaves behind when it is killed goes with the folder.
        self._temporary = Path(tempfile.mkdtemp(prefix="ct-", dir=temporary_folder()))
        self._process: subprocess.Popen[bytes] | None = None
        self._from_browser = self._to_browser = -1
        self._received = bytearray()
        self._last_id = 0
        self._session = ""
        try:
            self._process = self._spawn(proxy)
            page = self._call("Target.createTarget", {"url": "about:blank"})["targetId"]
            attached = self._call("Target.attachToTarget", {"targetId": page, "flatten": True})
            self._session = attached["sessionId"]
            self.call("Inspector.enable")
        except BaseException:
            self.kill()
            raise

    @property
    def pid(self) -> int:
        """The id of Chromium's main process, which leads a process group of its own."""
        return self._process.pid if self._process else 0

    def allow(self, seconds: float) -> None:
        """Give everything up to the next call of this so many seconds from now."""
        self._deadline = time.monotonic() + seconds

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one DevTools command to the page and return its result."""
        return self._call(method, parameters)

    def evaluate(self, script: str) -> Any:
        """Run a script in the page, wait for its promise, return its value.

        Raises:
            PageError: It threw.
        """
        answer = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if details := answer.get("exceptionDetails"):
            thrown = details.get("exception", {})
            text = thrown.get("description") or thrown.get("value") or details["text"]
            raise PageError(str(text).splitlines()[0].removeprefix("Error: ").rstrip("."))
        return answer["result"].get("value")

    def close(self) -> None:
        """End Chromium, politely first, and remove all that it wrote."""
        self.allow(CLOSING_SECONDS)
        self._session = ""
        try:
            self._call("Browser.close", {})
            if self._process:
                self._process.wait(CLOSING_SECONDS)
        except (BrowserEndedError, TimeoutError, subprocess.TimeoutExpired):
            pass
        self.kill()

    def kill(self) -> None:
        """End Chromium at once and remove all that it wrote; harmless when repeated."""
        if self._process:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                self._process.kill()
            self._process.wait()
        for pipe in (self._from_browser, self._to_browser):
            if pipe >= 0:
                os.close(pipe)
        self._from_browser = self._to_browser = -1
        for folder in (self._profile, self._temporary):
            shutil.rmtree(folder, ignore_errors=True)

    def _spawn(self, proxy: str) -> subprocess.Popen[bytes]:
        commands_out, self._to_browser = os.pipe()
        self._from_browser, answers_in = os.pipe()
        os.set_blocking(self._to_browser, False)
        options = (f"--proxy-server={proxy}", f"--user-data-dir={self._profile}")
        profile = str(self._profile)
        folders = {"XDG_CONFIG_HOME": profile, "XDG_CACHE_HOME": profile}
        variables = folders | {"TMPDIR": str(self._temporary), "TZ": "UTC"}
        try:
            with (self._profile / "stderr").open("wb") as complaints:
                return subprocess.Popen(
                    ("/bin/sh", "-c", SHELL, self._path, *FLAGS, *options),
                    stdin=commands_out,
                    stdout=answers_in,
                    stderr=complaints,
                    env=os.environ | variables,
                    start_new_session=True,
                )
        finally:
            os.close(commands_out)
            os.close(answers_in)

    def _call(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self._last_id += 1
        message = {"id": self._last_id, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._exchange(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next_message()
            if answer.get("method") in CRASHES:
                raise BrowserEndedError(f"its page crashed ({answer['method']})")
            if answer.get("id") == self._last_id:
                break
        if error := answer.get("error"):
            raise BrowserEndedError(f"{method}: {error.get('message')}")
        return answer["result"]

    def _next_message(self) -> dict[str, Any]:
        start = 0
        while (end := self._received.find(0, start)) < 0:
            start = len(self._received)
            self._exchange(b"")
        message = json.loads(self._received[:end])
        del self._received[: end + 1]
        return message

    def _exchange(self, outgoing: bytes) -> None:
        # Writes all of `outgoing`, or with nothing to write waits for something to read. Both at
        # once: Chromium stops reading while its own answers wait to be fetched.
        rest, was_waiting = memoryview(outgoing), not outgoing
        poll = select.poll()
        poll.register(self._from_browser, select.POLLIN)
        if rest:
            poll.register(self._to_browser, select.POLLOUT)
        while rest or was_waiting:
            seconds = self._deadline - time.monotonic()
            ready = dict(poll.poll(seconds * 1000)) if seconds > 0 else {}
            if not ready:
                raise TimeoutError
            if self._from_browser in ready:
                received = os.read(self._from_browser, 1 << 20)
                if not received:
                    raise BrowserEndedError(self._complaint())
                self._received += received
                was_waiting = False
            if self._to_browser in ready:
                try:
                    rest = rest[os.write(self._to_browser, rest) :]
                except BrokenPipeError:
                    raise BrowserEndedError(self._complaint()) from None

    def _complaint(self) -> str:
        lines = (self._profile / "stderr").read_text(errors="replace").splitlines()
        return lines[-1].strip()[:200] if lines else "it said nothing"
