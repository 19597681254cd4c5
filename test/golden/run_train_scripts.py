"""Runs train.py of several generated projects, one after the other in one process, so that PyTorch is loaded once.

Standard input: JSON list of [folder, updates]. Standard output: JSON object of folder -> what train.py printed.
"""

import contextlib
import io
import json
import os
import runpy
import sys

MODULES = ("data", "head", "model", "weights")


def run(folder, steps):
    home = os.getcwd()
    os.chdir(folder)
    sys.path.insert(0, os.getcwd())
    sys.argv = ["train.py", "--steps", str(steps)]
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            runpy.run_path("train.py", run_name="__main__")
    finally:
        os.chdir(home)
        sys.path.pop(0)
        for name in MODULES:
            sys.modules.pop(name, None)
    return said.getvalue()


if __name__ == "__main__":
    print(json.dumps({folder: run(folder, steps) for folder, steps in json.load(sys.stdin)}))
