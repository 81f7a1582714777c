"""A person with a keyboard and no mouse: Tab, Shift, Space, the arrows and Enter; where they are must be seen."""

from playwright.sync_api import Page

MOST_TABS = 150

# The focus of a radio button or a box is drawn around its label, that of a number around its field; the calendar in
# a field for a date has a line of the browser's own. The middle and the corners must not all lie under something
# else, such as the menu under the thumb.
IS_SEEN = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return 'nothing has the focus';
  const shown = focused.closest('label.opt, label.pick, .field') ?? focused;
  if (focused.type === 'date' && !focused.matches(':focus-visible')) return '';
  const style = getComputedStyle(shown);
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return 'no line around it';
  const { left, top, width, height } = shown.getBoundingClientRect();
  const isCovered = (x, y) => {
    const above = document.elementFromPoint(left + width * x, top + height * y);
    return !above || !(shown.contains(above) || above.contains(shown));
  };
  const points = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]];
  return points.every(point => isCovered(...point)) ? 'it lies under something else' : '';
}"""


def tab(page: Page) -> None:
    """One step on."""
    page.keyboard.press("Tab")


def assert_focus_is_seen(page: Page) -> None:
    """What has the focus has a line around it and is not wholly covered (WCAG 2.4.7 and 2.4.11)."""
    problem = page.evaluate(IS_SEEN)
    assert problem == "", (
        f"{problem}: {page.evaluate('document.activeElement.outerHTML')[:200]} on {page.url}"
    )


def go_to(page: Page, wanted: str, argument: str) -> None:
    """Tab until what has the focus is wanted: a condition on `focused` and `argument`, in JavaScript."""
    page.wait_for_load_state()
    condition = f"argument => {{ const focused = document.activeElement; return Boolean({wanted}); }}"
    for _ in range(MOST_TABS):
        if page.evaluate(condition, argument):
            return
        tab(page)
        if page.evaluate("document.activeElement !== document.body"):
            assert_focus_is_seen(page)
    raise AssertionError(f"the Tab key never leads to {argument} on {page.url}")


SAID = "(focused.innerText || '').trim().startsWith(argument)"


def send(page: Page) -> None:
    """Enter, where it leads on."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow(page: Page, words: str) -> None:
    """A link that begins with these words."""
    go_to(page, f"focused.matches('a') && {SAID}", words)
    send(page)


def press(page: Page, words: str) -> None:
    """A button that begins with these words, and leads on."""
    go_to(page, f"focused.matches('button') && {SAID}", words)
    send(page)


def tap(page: Page, words: str) -> None:
    """A button that begins with these words, and need not lead anywhere."""
    go_to(page, f"focused.matches('button') && {SAID}", words)
    page.keyboard.press("Enter")


def unfold(page: Page, words: str) -> None:
    """A fold whose words begin like this."""
    go_to(page, f"focused.matches('summary') && {SAID}", words)
    page.keyboard.press("Enter")


def tick(page: Page, words: str) -> None:
    """A box whose words begin like this."""
    go_to(
        page, f"focused.matches('[type=checkbox]') && {SAID.replace('focused', 'focused.labels[0]')}", words
    )
    page.keyboard.press("Space")


def write(page: Page, name: str, words: str) -> None:
    """Words into a field."""
    go_to(page, "focused.name === argument", name)
    page.keyboard.type(words)


def choose(page: Page, name: str, value: str) -> None:
    """A radio button by the arrows, or a box by its value."""
    if page.locator(f"input[name={name}]").first.get_attribute("type") == "checkbox":
        go_to(page, f"focused.name === '{name}' && focused.value === argument", value)
        page.keyboard.press("Space")
        return
    go_to(page, "focused.name === argument", name)
    page.keyboard.press("Space")
    for _ in range(page.locator(f"input[name={name}]").count()):
        if page.evaluate("document.activeElement.value") == value:
            break
        page.keyboard.press("ArrowDown")
        assert_focus_is_seen(page)
    assert page.locator(f"input[name={name}][value='{value}']").is_checked(), f"{name} is not {value}"
