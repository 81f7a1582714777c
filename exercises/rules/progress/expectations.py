"""What the numbers of the progress page are, and what can be expected when: content, read once."""

import functools

from anatomy.blocks import Block, Frozen, Wording, load_file
from anatomy.catalogue import check_sources
from exercises.rules.catalogue import CONTENT


class CourseStage(Frozen):
    """What can be expected at one time, and what not."""

    heading: Wording
    block: Block


class ExpectationsPage(Frozen):
    """The prose of the page: what its numbers are, what it means that they grew, and the usual course of training."""

    numbers: Block
    grown: Block
    course: tuple[CourseStage, ...]


@functools.cache
def expectations_page() -> ExpectationsPage:
    """The prose, read once; raises ContentError."""
    path = CONTENT / "progress.toml"
    page = load_file(path, ExpectationsPage)
    check_sources([page.numbers, page.grown, *(stage.block for stage in page.course)], where=str(path))
    return page
