"""Compiled code against the same code as plain Python, in a process of its own: both give the same answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from grids import grid

from tinhgon.planner import law, maxp


def answers() -> list[Any]:
    """What both forms say about small grids, as plain data: plans, bounds and proofs."""
    told: list[Any] = []
    for seed in (1, 2):
        problem = grid(4, 4, seed=seed, threshold=24.0)
        for answer in (
            maxp.solve(problem, seed=seed, effort=1),
            law.solve(problem),
            law.solve(problem, certify=True),
        ):
            told.append([answer.labels.tolist(), answer.status, answer.bound, answer.certificate])
    return told


def test_compiled_kernels_answer_as_plain_python_does() -> None:
    script = "import json, test_compiled; print(json.dumps(test_compiled.answers()))"
    settings = {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    plain = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(plain.stdout) == json.loads(json.dumps(answers()))
