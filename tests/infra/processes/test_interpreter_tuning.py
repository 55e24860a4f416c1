"""A process is set once, where it begins; what the API does changes nothing of it."""

from __future__ import annotations

import subprocess
import sys

TUNED = """
import gc, sys
from infra.processes.interpreter_tuning import tune_interpreter
tune_interpreter()
print(round(sys.getswitchinterval(), 6), gc.get_threshold()[0])
"""
SELDOM = """
import gc, sys
from infra.processes.interpreter_tuning import collect_seldom
before = sys.getswitchinterval()
collect_seldom()
print(sys.getswitchinterval() == before, gc.get_threshold()[0])
"""
# All modules by which the API decides, appends and answers, and none of them in use yet.
OF_THE_API = """
import gc, sys
import api.app
print("infra.processes.interpreter_tuning" in sys.modules)
"""


def printed(program: str) -> str:
    made = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    return made.stdout.decode().strip()


def test_a_tuned_process_switches_threads_soon_and_collects_garbage_seldom() -> None:
    assert printed(TUNED) == "0.0002 100000"


def test_a_server_collects_garbage_seldom_and_switches_threads_as_usual() -> None:
    assert printed(SELDOM) == "True 100000"


def test_the_api_does_not_know_how_to_tune_the_interpreter() -> None:
    assert printed(OF_THE_API) == "False"
