"""Pages of our own: articles and what stands in their place."""

from __future__ import annotations

from html import escape

PARAGRAPHS = (
    (
        "Acme will spend $41 billion on data centres this year, the company told investors on Tuesday,"
        " up from $36 billion in the year before."
    ),
    (
        "Most of the sum goes to advanced packaging and to the power lines that three sites in Norway"
        " lack, the finance chief said."
    ),
    (
        "“Demand is far ahead of what we can supply,” Ann Roe, who runs the firm, told reporters after"
        " the call with analysts in Oslo."
    ),
    (
        "Bolt Capital lends a third of the money against the processors themselves, a form of credit"
        " that hardly existed two years ago."
    ),
    (
        "Analysts had expected a smaller rise, and shares of the builders that work for Acme gained"
        " between three and seven per cent."
    ),
)
TITLE = "Acme raises its capital spending to $41 billion"


def page(
    *paragraphs: str, title: str = TITLE, head: str = "", top: str = "", bottom: str = ""
) -> bytes:
    """A news page with navigation and a footer around an article. `top` and `bottom` stand inside
    the article.
    """
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs or PARAGRAPHS)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} |'
        ' Meridian</title><meta property="og:site_name"'
        f' content="Meridian">{head}</head><body><nav><a href="/">Home</a> <a'
        f' href="/ai">AI</a></nav><main><article><h1>{escape(title)}</h1>{top}{body}{bottom}</article></main><footer><p>©'
        " 2026 Meridian. All rights reserved.</p></footer></body></html>"
    ).encode()


def pdf(*pages: tuple[str, ...], title: str = "") -> bytes:
    """A PDF that shows each page's lines, with its title among its facts."""
    count = len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        (
            f"<< /Type /Pages /Count {count} /Kids"
            f" [{' '.join(f'{4 + 2 * i} 0 R' for i in range(count))}] >>"
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for i, lines in enumerate(pages):
        shown = (
            "BT /F1 10 Tf 40 780 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        )
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents"
            f" {5 + 2 * i} 0 R >>"
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
    objects.append(f"<< /Title ({title}) /Author (By Ann Roe) /CreationDate (D:20260205093000Z) >>")
    return _numbered(objects)


def _numbered(objects: list[str]) -> bytes:
    text, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R /Info {len(objects)} 0 R >>"
    return (
        f"{text}xref\n0 {size}\n0000000000 65535 f"
        f" \n{table}{trailer}\nstartxref\n{len(text)}\n%%EOF".encode("latin-1")
    )
