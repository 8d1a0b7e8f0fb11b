"""The QR code of a link says that link, whoever draws it again."""

from io import BytesIO

import pytest
import segno
from PIL import Image

from bot.pictures.drawing import Drawing, picture_png
from bot.pictures.qr import LONGEST_LINK, MODULE, QUIET, draw

LINK = "https://t.me/bob_bot?start=k-abcdefgh23456789"


def squares(png: bytes) -> list[list[int]]:
    """The dark squares inside the white edge, read from the middle of each."""
    image = Image.open(BytesIO(png)).convert("1")
    side = image.width // MODULE
    read = [
        [int(image.getpixel((x * MODULE + MODULE // 2, y * MODULE + MODULE // 2)) == 0) for x in range(side)]
        for y in range(side)
    ]
    edge = [*read[:QUIET], *read[-QUIET:]]
    assert not any(map(any, edge))
    return [line[QUIET:-QUIET] for line in read[QUIET:-QUIET]]


def test_the_picture_is_the_code_of_the_link_with_a_white_edge() -> None:
    assert squares(draw(LINK)) == [list(line) for line in segno.make_qr(LINK, error="m").matrix]
    assert squares(draw(LINK)) != squares(draw(LINK + "x"))


def test_it_is_small_to_send_and_large_to_scan() -> None:
    png = draw(LINK)
    assert len(png) < 5_000
    assert Image.open(BytesIO(png)).width >= 350
    assert png == draw(LINK)


@pytest.mark.parametrize("link", ["", "x" * (LONGEST_LINK + 1)])
def test_what_no_camera_could_read_is_not_drawn(link: str) -> None:
    with pytest.raises(ValueError, match="characters"):
        draw(link)


async def test_a_picture_says_its_kind() -> None:
    assert await Drawing().png({"kind": "qr", "link": LINK}) == draw(LINK)
    assert await Drawing().png({"kind": "sculpture"}) is None
    with pytest.raises(KeyError):
        picture_png({"kind": "sculpture"})
