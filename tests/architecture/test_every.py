"""A loop in one test asks everything and names what failed, as a case for each would."""

from pathlib import Path

import pytest

from tests.every import for_every


def test_everything_it_does_not_hold_for_is_named() -> None:
    @for_every([1, 2, 0, 4])
    def test_even(number: int) -> None:
        assert (8 // number) % 2 == 0, "odd"

    with pytest.raises(pytest.fail.Exception) as failed:
        test_even()

    assert str(failed.value).splitlines() == [
        "0: ZeroDivisionError: integer division or modulo by zero",
    ]


def test_nothing_to_ask_is_a_failure() -> None:
    @for_every([])
    def test_anything(thing: object) -> None:
        raise AssertionError(thing)

    with pytest.raises(AssertionError, match="nothing to ask"):
        test_anything()


@for_every(["a", "b"])
def test_other_arguments_are_fixtures(letter: str, tmp_path: Path) -> None:
    (tmp_path / letter).touch()

    assert (tmp_path / "a").exists()
