"""What the pages say on which a plan is made: content, read once."""

import functools

from anatomy.blocks import Block, Frozen, load_file
from anatomy.catalogue import check_sources
from exercises.rules.catalogue import CONTENT


class MakingPage(Frozen):
    """The prose of these pages.

    short       why a short workout is as good a choice
    most_homes  that some things are ticked already
    what_then   how the plan goes on
    """

    short: Block
    most_homes: Block
    what_then: Block


@functools.cache
def making_page() -> MakingPage:
    """The prose, read once; raises ContentError."""
    path = CONTENT / "making_a_plan.toml"
    page = load_file(path, MakingPage)
    check_sources([page.short, page.most_homes, page.what_then], where=str(path))
    return page
