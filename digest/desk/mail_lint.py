"""What a screen reader would stumble over in a rendered mail."""

from __future__ import annotations

from html.parser import HTMLParser


def stumbles(page: str) -> list[str]:
    """Each fault of a mail in words; none when all is well."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.faults()


class _Reader(HTMLParser):
    """Counts what matters while it reads."""

    def __init__(self) -> None:
        super().__init__()
        self._language = self._direction = self._title = False
        self._levels: list[int] = []
        self._bare_images = self._unmarked_tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = dict(attrs)
        if tag == "html":
            self._language, self._direction = bool(given.get("lang")), bool(given.get("dir"))
        elif tag == "title":
            self._title = True
        elif tag == "img":
            self._bare_images += "alt" not in given
        elif tag == "table":
            self._unmarked_tables += given.get("role") != "presentation"
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._levels.append(int(tag[1]))

    def faults(self) -> list[str]:
        """What was found."""
        jumps = [b for a, b in zip(self._levels, self._levels[1:], strict=False) if b > a + 1]
        found = {
            "it names no language": not self._language,
            "it names no direction of writing": not self._direction,
            "it has no title": not self._title,
            f"{self._levels.count(1)} main headings, not one": self._levels.count(1) != 1,
            "a level of headings is left out": bool(jumps),
            f"{self._bare_images} images without a text in their place": bool(self._bare_images),
            f"{self._unmarked_tables} tables for layout not marked so": bool(self._unmarked_tables),
        }
        return [fault for fault, is_so in found.items() if is_so]
