"""Write assets/plotly: plotly.js with the three kinds of trace that the views draw, and no others.

All of plotly.js is 4.8 MB, most of it for charts and map tiles that are not used here; a browser
reads it on every page. It is made from the package that plotly.js's makers publish on npm, in the
version that the Python package carries.

Run by hand after a change of version: `python tools/build_plotly.py` (needs npm). What plotly.js
itself needs comes in the newest versions that it allows, so that the bytes can differ later on.
"""

import subprocess
import tempfile
from pathlib import Path

from plotly.offline import get_plotlyjs_version

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "plotly"
TRACES = ("bar", "scatter", "scattergeo")
ESBUILD = "0.28.2"
OPTIONS = (
    "--bundle",
    "--minify",
    "--format=iife",
    "--global-name=Plotly",
    "--target=es2016",
    "--define:global=window",
    "--define:define.amd=false",
    # The style of the tile maps, which are left out.
    "--loader:.css=empty",
    "--legal-comments=eof",
)


def main() -> None:
    """Fetch plotly.js and write the script and its licence."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    version = get_plotlyjs_version()
    requires = ", ".join(f"require('plotly.js/lib/{trace}')" for trace in TRACES)
    with tempfile.TemporaryDirectory() as scratch:
        entry = Path(scratch) / "entry.js"
        entry.write_text(
            "const Plotly = require('plotly.js/lib/core');\n"
            f"Plotly.register([{requires}]);\n"
            "module.exports = Plotly;\n"
        )

        def run(*command: str) -> None:
            subprocess.run(command, cwd=scratch, check=True)

        run("npm", "init", "--yes", "--silent")
        packages = (f"plotly.js@{version}", f"esbuild@{ESBUILD}")
        run("npm", "install", "--no-audit", "--no-fund", "--silent", *packages)
        script = FOLDER / "plotly.min.js"
        run("npx", "esbuild", entry.name, *OPTIONS, f"--outfile={script}")
        head = (
            f"/* plotly.js {version} with {', '.join(TRACES)}, built by tools/build_plotly.py.\n"
            " * Copyright Plotly, Inc. Licensed under the MIT license, see LICENSE.txt. */\n"
        )
        script.write_text(head + script.read_text(encoding="utf-8"), encoding="utf-8")
        licence = Path(scratch) / "node_modules" / "plotly.js" / "LICENSE"
        (FOLDER / "LICENSE.txt").write_bytes(licence.read_bytes())


if __name__ == "__main__":
    main()
