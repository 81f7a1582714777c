"""The pictures of people: poses drawn as small SVG fragments, written to templates/figures/.

Read `kit` for how a limb becomes a path, `bodies` for how a person is put together, and `check` and
`exercises` for the poses. The stylesheet paints; no colour stands in a picture. The anatomy plates have a
package of their own, `plates`.
"""

from figures import check, exercises


def all_pictures() -> dict[str, str]:
    """Every picture, as markup, by its name."""
    return dict([*check.pictures(), *exercises.pictures()])
