import subprocess
import sys
from pathlib import Path

from tests.skips import allowed_skips

ROOT = Path(__file__).parents[1]


def run_pytest(test: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.skips", "-p", "no:cacheprovider", str(test)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_skip_without_leave_fails_the_run(tmp_path: Path) -> None:
    test = tmp_path / "test_idle.py"
    test.write_text("import pytest\n\ndef test_idle():\n    pytest.skip('too tired')\n")
    done = run_pytest(test)
    assert done.returncode == 1
    assert "SKIPPED WITHOUT LEAVE" in done.stdout


def test_a_file_skipped_as_a_whole_fails_the_run_too(tmp_path: Path) -> None:
    test = tmp_path / "test_idle.py"
    test.write_text("import pytest\n\npytest.skip('too tired', allow_module_level=True)\n")
    assert "SKIPPED WITHOUT LEAVE" in run_pytest(test).stdout


def test_every_allowed_skip_names_a_file_and_a_reason() -> None:
    for name, reason in allowed_skips().items():
        assert (ROOT / name.split("::")[0]).is_file()
        assert reason
