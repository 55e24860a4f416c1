"""Where the inputs of the kinds are asked that have a test of their own elsewhere.

A kind is a row of faults.md; each place named here is a test that is there.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASKED = {
    "K7": (
        "tests/api/commands/test_told_twice.py::test_what_is_told_is_not_told_again",
        "tests/api/commands/test_id_numbers.py::test_a_second_person_with_the_number_is_told_of_the_first",
    ),
    "K11": (
        "tests/api/commands/test_redirects.py::test_two_persons_ask_the_one_back_and_pay_the_other",
        "tests/api/commands/test_merged_persons.py::test_the_old_id_shows_the_new_one_and_takes_no_act",
    ),
    "K12": (
        "tests/api/resources/test_inference.py::test_no_combination_of_public_answers_determines_money_of_fewer_than_five_persons",
        "tests/api/resources/test_inference.py::test_the_attack_finds_persons_where_the_rule_is_off",
        "tests/api/resources/test_inference.py::test_another_kind_of_id_is_refused_as_an_area_whether_it_is_there_or_not",
    ),
    "K13": (
        "tests/api/queries/test_every_filter.py::test_no_question_is_a_mistake_of_ours",
        "tests/api/queries/test_formats.py::test_a_text_too_long_for_a_cell_stands_whole_on_a_sheet",
        "tests/api/commands/test_routes.py::test_a_byte_order_mark_before_json_lines_is_passed_over",
        "tests/api/commands/test_bad_input.py::test_a_text_shows_something",
        "tests/api/resources/test_great_sums.py::test_totals_beyond_what_eight_bytes_hold_are_exact",
        "tests/api/feed/test_routes.py::test_a_page_goes_on_until_it_has_a_row_or_its_time_is_up",
    ),
    "K14": (
        "tests/api/test_ledger_identity.py::test_a_paid_month_is_paid_twice_or_refused_for_its_key",
        "tests/api/test_ledger_identity.py::test_two_ledgers_never_share_an_etag",
        "tests/infra/test_ledger_keys.py::test_a_key_that_is_not_the_ledgers_is_refused_by_name",
    ),
    "K15": (
        "tests/api/http/test_read_limit.py::test_a_question_that_takes_too_long_is_told_what_to_narrow",
        "tests/api/http/test_connections.py::test_a_longer_header_is_431",
        "tests/api/http/test_connections.py::test_what_is_begun_and_not_sent_on_is_ended",
        "tests/api/queries/test_parameters.py::test_a_filter_stands_at_most_a_hundred_times_and_sixteen_globs",
        "tests/api/queries/test_parameters.py::test_a_slash_too_many_never_redirects",
        "tests/api/test_health.py::test_a_release_that_was_begun_and_left_is_told",
        "tests/api/cli/test_database.py::test_the_database_is_started_in_a_pipe_and_psql_shows_no_password",
    ),
    "K16": (
        "tests/api/resources/test_clearance.py::test_nothing_of_a_person_is_told_who_may_not_see_it",
        "tests/api/resources/test_clearance_rows.py::test_a_role_that_is_withdrawn_counts_at_the_next_request",
    ),
    "K17": ("tests/infra/verify/test_verify.py::test_a_check_finds_what_the_door_did_not_let_in",),
}  # fmt: skip


@pytest.mark.parametrize("kind", ASKED)
def test_each_place_that_is_named_is_a_test(kind: str) -> None:
    for place in ASKED[kind]:
        path, _, name = place.partition("::")
        text = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(rf"^(?:async )?def {name}\(", text, re.MULTILINE), place


def test_no_kind_is_left_out() -> None:
    own = {
        kind.upper()
        for file in Path(__file__).parent.glob("test_k*.py")
        for kind in re.findall(r"def test_(k\d+)_", file.read_text(encoding="utf-8"))
    }
    assert own | ASKED.keys() == {f"K{nth}" for nth in range(1, 18)}
