"""The desk in a real browser: each thing that an editor does there, and what strangers try."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from tests.desk.drafts import ISSUE, DeskDraft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

WIDTHS = (1280, 800, 390)


@contextmanager
def running(home: Path) -> Iterator[str]:
    """`digest desk`, as a user starts it; gives its address."""
    command = (sys.executable, "-m", "digest", "desk", "--port", "0")
    with subprocess.Popen(command, cwd=home, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[1].rstrip("/")
        finally:
            process.kill()


class Desk(DeskDraft):
    """A page of the desk, and the draft behind it."""

    def __init__(self, page: Page, address: str, home: Path) -> None:
        self.page, self.address = page, address
        super().__init__(home)
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))

    def open(self, path: str = "") -> None:
        """A page of the issue's."""
        self.page.goto(f"{self.address}/i/{ISSUE}{path}")

    def barriers(self) -> list[tuple[str, str]]:
        """What axe finds on the page at each width, and a page that scrolls sideways."""
        axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
        run = "axe.run(document, {iframes: false}).then(found => found.violations)"
        found: list[tuple[str, str]] = []
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            if self.page.evaluate("document.documentElement.scrollWidth") != width:
                found.append(("scrolls sideways", str(width)))
            seen = self.page.evaluate(f"{axe}; {run}")
            found += [(one["id"], one["nodes"][0]["html"]) for one in seen]
        return found

    def drag(self, what: str, to: str) -> None:
        """With the mouse, as slowly as a hand."""
        boxes = [self.page.locator(one).bounding_box() for one in (what, to)]
        for number, box in enumerate(boxes):
            assert box is not None
            self.page.mouse.move(box["x"] + 8, box["y"] + 8, steps=12)
            if number == 0:
                self.page.mouse.down()
        self.page.wait_for_timeout(300)
        self.page.mouse.up()


@pytest.fixture
def desk(home: Path, browser: Browser) -> Iterator[Desk]:
    """The desk on it, in a window of its own."""
    with running(home) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        yield Desk(page, address, home)
        page.close()


def test_every_page_fits_and_is_accessible(desk: Desk) -> None:
    """axe finds nothing, nothing scrolls sideways, and the browser complains of nothing."""
    story, issue = desk.ids[0], f"/i/{ISSUE}"
    paths = ("", "/pile", "/approve", "?whole", "?look=headers", "?look=text")
    pages = ("/", "/health", *(issue + one for one in paths), f"{issue}/evidence?story={story}")
    desk.open()
    for path in pages:
        desk.page.goto(desk.address + path)
        assert desk.barriers() == [], path
    assert desk.complaints == []
    desk.page.goto(f"{desk.address}/i/2001-01-01-daily")
    assert desk.barriers() == []


def test_a_number_that_no_source_has_is_marked_while_it_is_typed(desk: Desk) -> None:
    """And said to who sees no mark; beside stands what the sentence of the cursor rests on."""
    desk.open()
    box = desk.page.locator("textarea").first
    box.focus()
    desk.page.keyboard.press("Control+Home")
    desk.page.locator("#evidence blockquote").wait_for()
    assert desk.page.locator("#evidence figure mark").count()
    box.evaluate("box => box.setSelectionRange(box.value.indexOf('.'), box.value.indexOf('.'))")
    desk.page.keyboard.type(" for $987.6 billion")
    desk.page.locator(".marks mark").wait_for()
    assert desk.page.locator(".marks mark").all_inner_texts() == ["$987.6 billion"]
    assert "In no source: $987.6 billion" in desk.page.locator(".said").first.inner_text()
    desk.page.get_by_text("– in no source").wait_for()
    desk.page.get_by_role("button", name="Save").first.click()
    desk.page.locator(".note").wait_for()
    assert "for $987.6 billion" in desk.text
    assert desk.page.locator(".story .chip.flagged").count() == 1
    assert desk.complaints == []


def test_what_changes_on_disk_shows_and_what_is_typed_stays(desk: Desk) -> None:
    """A page on which nothing was typed follows; on another both texts are shown at the end, and
    the editor's choice is written.
    """
    desk.open()
    desk.page.wait_for_timeout(800)  # the watch on the folder begins
    desk.draft.write_text(desk.text.replace("- **", "- **Afresh ", 1), encoding="utf-8")
    desk.page.locator("h4", has_text="Afresh").wait_for()
    box = desk.page.locator("textarea").first
    box.fill(box.input_value().replace("Afresh", "Mine"))
    theirs = desk.text.replace("Afresh", "Theirs")
    desk.draft.write_text(theirs, encoding="utf-8")
    desk.page.locator("#live", has_text="changed elsewhere").wait_for()
    assert "Mine" in box.input_value()
    desk.page.get_by_role("button", name="Save").first.click()
    desk.page.get_by_role("heading", name="It was changed elsewhere").wait_for()
    assert desk.text == theirs
    assert "Mine" in desk.page.get_by_label("Yours").input_value()
    assert "Theirs" in desk.page.get_by_label("On disk").input_value()
    assert desk.barriers() == []
    desk.page.get_by_role("button", name="Do mine").click()
    desk.page.locator(".note").wait_for()
    assert "- **Mine " in desk.text


def test_stories_are_moved_by_keyboard_and_by_hand_and_undone_after_a_restart(
    desk: Desk, home: Path
) -> None:
    """The focus stays in the story that moves."""
    desk.open()
    first, second, third = desk.ids[:3]
    desk.page.locator("textarea").first.focus()
    desk.page.keyboard.press("Alt+ArrowDown")
    desk.page.locator(".note", has_text="moved to place 2").wait_for()
    assert desk.ids[:3] == [second, first, third]
    focused = "document.activeElement.closest('[data-story]').dataset.story"
    desk.page.wait_for_function(f"{focused} === '{first}'")
    desk.page.set_viewport_size({"width": 1280, "height": 2600})
    desk.drag(f"#story-{third} .grip", f"#story-{second} h4")
    desk.page.locator(".note", has_text="moved to place 1").wait_for()
    assert desk.ids[:3] == [third, second, first]
    with running(home) as again:
        desk.page.goto(f"{again}/i/{ISSUE}")
        for _ in range(2):
            desk.page.get_by_role("button", name="Undo").click()
            desk.page.locator(".note", has_text="undone").wait_for()
        assert desk.ids[:3] == [first, second, third]


def test_an_issue_is_approved_and_a_change_takes_it_back(desk: Desk) -> None:
    """What was left out is put in before, and a story is taken out after."""
    desk.open("/pile")
    count = len(desk.ids)
    desk.page.get_by_role("button", name="Put in: ").first.click()
    desk.page.locator(".note").wait_for()
    assert len(desk.ids) == count + 1
    desk.open("/approve")
    for button in desk.page.get_by_role("button", name="Accept").all():
        button.locator("xpath=..").get_by_label("Note").fill("seen")
        button.click()
    desk.page.get_by_role("button", name="Approve").click()
    desk.page.locator(".chip.approved").first.wait_for()
    desk.open()
    desk.page.get_by_role("button", name="Take out").last.click()
    desk.page.get_by_text("has been changed since").wait_for()
    assert desk.page.locator(".bar .chip").inner_text() == "draft"


def test_pages_elsewhere_neither_frame_it_nor_post_to_it(desk: Desk, browser: Browser) -> None:
    """The browser keeps it out of a frame; a form of theirs is refused; a story's script is
    text.
    """
    before = desk.text
    evil = browser.new_page()
    evil.route("http://evil.example/", lambda route: route.fulfill(body=_evil(desk)))
    evil.goto("http://evil.example/")
    evil.wait_for_timeout(500)
    framed = evil.frames[1]
    assert "Draft" not in framed.content()
    evil.get_by_role("button").click()
    evil.get_by_text("Only the desk's own pages").wait_for()
    evil.close()
    assert desk.text == before
    script = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    desk.draft.write_text(before.replace("- **", f"- **{script} ", 1), encoding="utf-8")
    desk.open()
    desk.page.frame_locator("iframe").locator("h1").wait_for()
    assert not [one for one in desk.complaints if one in {"1", "2"}]


def _evil(desk: Desk) -> str:
    address = f"{desk.address}/i/{ISSUE}"
    return (
        f'<iframe src="{address}"></iframe><form method="post" action="{address}/do/drop">'
        f'<input name="story" value="{desk.ids[0]}"><button>Win</button></form>'
    )
