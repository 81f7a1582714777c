"""The people in the pictures. One stays the same through one exercise."""

from functools import cache

from figures.people.body import USUAL, Body, Build

CAST = {
    # a young woman
    "ana": Build(female=1, years=27, weight=0.42, muscle=0.55, hair="bun"),
    # a woman of sixty
    "ruth": Build(female=1, years=62, weight=0.58, muscle=0.45, hair="bob", tone="c"),
    # a heavier man
    "ben": Build(
        female=0, years=45, weight=1.0, muscle=0.3, tone="b",
        shapes={"stomach/stomach-pregnant-incr": 0.75, "torso/measure-waist-circ-incr": 0.4},
    ),
    # an older man
    "karl": Build(female=0, years=74, weight=0.5, muscle=0.4, tone="c"),
    # a tall young man
    "tom": Build(female=0, years=31, weight=0.45, muscle=0.55, height=0.72, tone="d"),
    # a short, heavier woman
    "mei": Build(female=1, years=48, weight=0.78, muscle=0.4, height=0.28, hair="bun", tone="e"),
    # a woman late in pregnancy
    "lena": Build(
        female=1, years=33, weight=0.5, muscle=0.5, hair="bun", tone="e",
        shapes={"stomach/stomach-pregnant-incr": 1.5},
    ),
}  # fmt: skip


@cache
def person(name: str, arches: tuple[float, float] = (USUAL, USUAL), shortened: float = 0) -> Body:
    """A person of the cast with these arches, left and right, and feet shortened by so much, all in millimetres."""
    return Body(CAST[name], arches, shortened)
