"""The command line: read the arguments, call one function, print what it gives."""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import shlex
import sys
import webbrowser
from collections.abc import Mapping, Sequence
from pathlib import Path

from dashboard import server
from dashboard.commands import check, comparing, diff, engines, export, imports, match, tables
from dashboard.dataset import load
from dashboard.describe import outdated_descriptions, write_descriptions
from dashboard.errors import DashboardError, SelectionError
from dashboard.info import info
from dashboard.paths import folder
from dashboard.selection import Selection

NAME = "conflict-timeline"
# Addresses that only this computer reaches.
LOCAL = ("127.0.0.1", "localhost", "::1")
OK, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 misused, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        options = _parser().parse_args(arguments)
        code = options.run(options)
        sys.stdout.flush()
        return code
    except SelectionError as error:
        return _complain(error, MISUSED)
    except DashboardError as error:
        return _complain(error, FAILED)
    except BrokenPipeError:
        # The reader of a pipe (`head`) has seen enough; Python must not flush into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        return _complain(f"{name}{error.strerror or error}.", FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED


def _complain(message: object, code: int) -> int:
    print(message, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=NAME, description="A sourced table of conflict events as a linked timeline and map."
    )
    parser.add_argument("--version", action="version", version=f"{NAME} {_version()}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_serve(commands)
    check.add(commands)
    diff.add(commands)
    _add_info(commands)
    _add_describe(commands)
    export.add(commands)
    imports.add(commands)
    match.add(commands)
    return parser


def _version() -> str:
    try:
        return importlib.metadata.version(NAME)
    except importlib.metadata.PackageNotFoundError:
        return "(a checkout that is not installed)"


def _add_serve(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser("serve", help="show the dashboard in the browser")
    command.add_argument(
        "table", nargs="?", default=folder("data"), help="a table: its folder, or a file to be read"
    )
    command.add_argument(
        "--host",
        default=os.environ.get("HOST") or "127.0.0.1",
        help="address to listen at; 0.0.0.0 lets other computers in (default: HOST or 127.0.0.1)",
    )
    command.add_argument(
        "--port",
        type=_port,
        default=os.environ.get("PORT") or "8050",
        help="port to listen at (default: PORT or 8050)",
    )
    command.add_argument("--open", action="store_true", help="open the page in the browser")
    command.add_argument("--debug", action="store_true", help="reload when the code changes")
    tables.add_options(command)
    engines.add_option(command)
    comparing.add_options(command)
    command.set_defaults(run=_serve, misuse=command.error)


def _add_info(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser("info", help="count a selection")
    command.add_argument(
        "table",
        nargs="?",
        default=folder("data"),
        help="a table: its folder, or a file to be read (default: ours)",
    )
    _add_query(command)
    command.add_argument("--json", action="store_true", help="for programs")
    tables.add_options(command)
    command.set_defaults(run=_info)


def _add_describe(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser("describe", help="write a table's datapackage.json and README.md")
    _add_folder(command)
    command.add_argument("--check", action="store_true", help="only say whether they fit the table")
    command.set_defaults(run=_describe)


def _add_folder(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", nargs="?", default=folder("data"), help="folder of the table (default: ours)"
    )


def _add_query(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--query", default="", metavar="STR", help="a link's query, for example 'theatre=iraq'"
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port. Write a number up to 65535.")
    return int(text)


def _serve(options: argparse.Namespace) -> int:
    if options.debug:
        _page(options).run(host=options.host, port=options.port, debug=True)
        return OK
    with server.listen(options.host, options.port) as listener:
        page = _page(options)
        _warn(page.live.now, options.host)
        server.settle()
        server.serve(page.server, listener, lambda: _announce(listener, options))
    return OK


def page(arguments: Sequence[str]):
    """Return the page that `serve` shows with these arguments, for another server.

    Raises:
        DashboardError: The table cannot be opened.
        SystemExit: There are no such arguments.
    """
    return _page(_parser().parse_args(["serve", *arguments]))


def _page(options: argparse.Namespace):
    is_beside = comparing.is_asked(options)
    dataset = engines.open_table(options.table, options)
    # Dash loads for a second: only where it is needed.
    from dashboard.app import create_app
    from dashboard.app.live import Comparing

    beside = None
    if is_beside:
        told = comparing.opener(options), options.pairs, comparing.decider(options)
        beside = Comparing(options.compare, *told)
    return create_app(dataset, Path(options.table), engines.opener(options.table, options), beside)


def _warn(site, host: str) -> None:
    """Say on stderr what the terms of a table mean for a page that other computers reach."""
    if host in LOCAL:
        return
    for dataset in (site.dataset, *([site.matched.other] if site.matched else [])):
        if not dataset.licence.may_redistribute:
            print(
                f"Other computers may reach this page. {dataset.licence.sentence}", file=sys.stderr
            )


def _announce(listener, options: argparse.Namespace) -> None:
    url = server.address(listener)
    print(f"Conflict Timeline is ready at {url}", flush=True)
    if options.open:
        webbrowser.open(url)


def _info(options: argparse.Namespace) -> int:
    dataset = tables.open_named(options.table, options)
    facts = info(dataset, Selection.from_query(options.query, dataset.vocabulary))
    print(json.dumps(facts, indent=2, ensure_ascii=False) if options.json else _listed(facts))
    return OK


def _listed(facts: Mapping[str, object]) -> str:
    lines = []
    for name, value in facts.items():
        label = name.replace("_", " ")
        if isinstance(value, Mapping):
            lines.append(label)
            lines += [f"  {key:<14} {_figure(number):>9}" for key, number in value.items()]
        else:
            lines.append(f"{label:<16} {_figure(value):>9}")
    return "\n".join(lines)


def _figure(value: object) -> str:
    if value is None:
        return "unknown"
    return value if isinstance(value, str) else f"{value:,}"


def _describe(options: argparse.Namespace) -> int:
    dataset = load(options.folder)
    if not options.check:
        print(f"Written: {', '.join(write_descriptions(dataset, options.folder))}.")
        return OK
    outdated = outdated_descriptions(dataset, options.folder)
    for name in outdated:
        print(
            f"{name} does not fit the tables. To renew:"
            f" {NAME} describe {shlex.quote(str(options.folder))}",
            file=sys.stderr,
        )
    return FAILED if outdated else OK
