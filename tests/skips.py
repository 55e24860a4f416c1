"""No test is skipped in silence: a skip that allowed_skips.txt does not name fails the run."""

from pathlib import Path

import pytest

ALLOWED_SKIPS = Path(__file__).with_name("allowed_skips.txt")


def allowed_skips() -> dict[str, str]:
    """Give the beginnings of test names that may be skipped, each with its reason."""
    lines = ALLOWED_SKIPS.read_text(encoding="utf-8").splitlines()
    entries = (line.split(" - ", 1) for line in lines if line and not line.startswith("#"))
    return {name.strip(): reason.strip() for name, reason in entries}


class SkipWatch:
    """Gathers what was skipped, from all workers."""

    def __init__(self) -> None:
        self.allowed = tuple(allowed_skips())
        self.unlisted: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a skipped test; an expected failure is none."""
        if report.skipped and not hasattr(report, "wasxfail"):
            self._note(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that was skipped as a whole."""
        if report.skipped:
            self._note(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the run."""
        if self.unlisted:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say why."""
        for name in self.unlisted:
            terminalreporter.write_line(f"SKIPPED WITHOUT LEAVE {name}: see {ALLOWED_SKIPS.name}")

    def _note(self, name: str) -> None:
        if not name.startswith(self.allowed):
            self.unlisted.append(name)


def pytest_configure(config: pytest.Config) -> None:
    """Watch in the process that reports, not in the workers."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(SkipWatch(), "skip-watch")
