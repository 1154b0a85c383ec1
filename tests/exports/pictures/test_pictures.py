"""``frontledger report --png``, ``--svg`` and ``--animate``: the files, what is in them, and bad input."""

import importlib
import json
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageSequence

from frontledger.exports.palette import PALETTE
from frontledger.exports.pictures import canvas, composing, labels, moving

from ..ledgers import stored  # noqa: TID252 - tests of one folder

SVG = "{http://www.w3.org/2000/svg}"


def one_line(err):
    return err.count("\n") == 1 and err.startswith("frontledger: ") and "Traceback" not in err


def colours_of(image):
    """The colours that a picture has much of."""
    counted = image.convert("RGB").getcolors(1 << 24)
    return {f"#{red:02X}{green:02X}{blue:02X}": count for count, (red, green, blue) in counted}


def texts(path):
    return ["".join(text.itertext()).strip() for text in ET.parse(path).getroot().iter(f"{SVG}text")]  # noqa: S314 - our own


def test_a_png_for_print(call, war, tmp_path):
    code, out, err = call(
        "report", war, "--png", tmp_path / "x.png", "--on", "2015-11-21", "--on", "2015-12-04"
    )
    assert (code, out) == (0, "")
    assert f"frontledger: {tmp_path / 'x.png'}\n" in err
    with Image.open(tmp_path / "x.png") as image:
        assert image.width == round(canvas.WIDTH * composing.DPI)
        found = colours_of(image)
    assert found[PALETTE[0]] > 1000  # bars of the side with the most holdings
    assert found[PALETTE[1]] > 1000


def test_an_svg_has_its_texts(call, war, tmp_path):
    assert (
        call(
            "report", war, "--svg", tmp_path / "x.svg", "--on", "2015-11-21", "--title", "<b>Mahin</b> & $x$"
        )[0]
        == 0
    )
    said = texts(tmp_path / "x.svg")
    assert {"<b>Mahin</b> & $x$", "2015-11-21", "Syrian government", "ISIL", "Mahin", "Palmyra"} <= set(said)


@pytest.mark.parametrize(("draw", "has", "lacks"), [("chart", "event", "°N"), ("map", "°N", "event")])
def test_only_chart_or_map(call, war, tmp_path, draw, has, lacks):
    assert call("report", war, "--svg", tmp_path / "x.svg", "--draw", draw)[0] == 0
    said = texts(tmp_path / "x.svg")
    assert any(has in text for text in said)
    assert not any(lacks in text for text in said)


def test_an_animation_has_a_picture_for_each_change(call, war, tmp_path):
    assert call("report", war, "--animate", tmp_path / "x.gif")[0] == 0
    with Image.open(tmp_path / "x.gif") as image:
        frames = [frame.convert("RGB") for frame in ImageSequence.Iterator(image)]
        assert image.n_frames > 5
        assert image.info["loop"] == 0
    assert frames[0].tobytes() != frames[-1].tobytes()


def test_a_long_campaign_is_shown_in_steps_and_that_is_told(call, tmp_path, monkeypatch):
    told = [(f"2016-03-{day:02d}", f"2016-03-{day:02d}", "red", f"p{day}", "blue") for day in range(1, 21)]
    stored(
        tmp_path / "x.gpkg", told, places={f"p{day}": (34.0 + day / 9, 37.0) for day in range(1, 21)}
    ).close()
    monkeypatch.setattr(moving, "FRAMES", 4)
    _, _, err = call("report", tmp_path / "x.gpkg", "--animate", tmp_path / "x.gif")
    assert "shows 4 of the 20 days" in err
    with Image.open(tmp_path / "x.gif") as image:
        assert image.n_frames == 4


def test_pictures_are_the_same_every_time(call, war, tmp_path):
    for name in ("one", "two"):
        call("report", war, "--png", tmp_path / f"{name}.png", "--svg", tmp_path / f"{name}.svg")
    for kind in ("png", "svg"):
        assert (tmp_path / f"one.{kind}").read_bytes() == (tmp_path / f"two.{kind}").read_bytes()


@pytest.mark.parametrize("name", ["hostile", "ancient", "empty"])
def test_odd_ledgers_are_drawn(call, request, tmp_path, name):
    code, _, err = call(
        "report", request.getfixturevalue(name), "--png", tmp_path / "x.png", "--svg", tmp_path / "x.svg"
    )
    assert code == 0
    assert "Traceback" not in err
    with Image.open(tmp_path / "x.png") as image:
        assert image.height > 200
    assert ("nothing in this ledger is dated" in err) == (name == "empty")
    if name == "ancient":
        assert {"-0048-01-10 to -0048-02-28", "-0048-02-28"} <= set(texts(tmp_path / "x.svg"))
    if name == "hostile":
        assert max(len(text) for text in texts(tmp_path / "x.svg")) < 120


def test_no_land_leaves_the_degrees(call, war, tmp_path, monkeypatch):
    from frontledger.errors import ExportError
    from frontledger.exports.pictures import maps

    def missing(_):
        raise ExportError("no page in this package")

    monkeypatch.setattr(maps, "asset", missing)
    assert call("report", war, "--svg", tmp_path / "x.svg", "--draw", "map")[0] == 0
    assert any("°N" in text for text in texts(tmp_path / "x.svg"))


def test_nothing_located_cannot_be_animated_and_can_be_drawn(call, tmp_path):
    stored(tmp_path / "x.gpkg", [("2016-03-03", "2016-03-03", "red", "p", "blue")]).close()
    code, _, err = call("report", tmp_path / "x.gpkg", "--animate", tmp_path / "x.gif")
    assert code == 2
    assert one_line(err)
    code, _, err = call("report", tmp_path / "x.gpkg", "--svg", tmp_path / "x.svg")
    assert code == 0
    assert "1 place without coordinates is on no map" in err
    assert "no located place is held by anybody" in texts(tmp_path / "x.svg")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "say what to write"),
        (["--png", "x.png", "--on", "2015-02-30"], "no such day"),
        (["--png", "x.png", "--on", "yesterday"], "expected a day as 2015-12-16"),
        (["--png", "x.png", "--draw", "pie"], "no picture 'pie'"),
        (
            ["--png", "x.png", *(word for day in range(1, 26) for word in ("--on", f"2015-12-{day:02d}"))],
            "25 days",
        ),
        (["--png", "x.png", "--account", "no"], "no account 'no'"),
        (["--png", "missing/x.png"], "missing"),
    ],
)
def test_wrong_usage_is_one_line(call, war, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    code, _, err = call("report", war, *arguments)
    assert code == 2
    assert one_line(err)
    assert said in err
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_over_unless_told(call, war, tmp_path):
    (tmp_path / "x.png").write_text("mine", encoding="utf-8")
    code, _, err = call("report", war, "--png", tmp_path / "x.png")
    assert code == 2
    assert "--force" in err
    assert (tmp_path / "x.png").read_text(encoding="utf-8") == "mine"


def test_a_missing_extra_is_named(call, war, tmp_path, monkeypatch):
    real = importlib.import_module

    def missing(name):
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name)

    monkeypatch.setattr(canvas, "import_module", missing)
    code, _, err = call("report", war, "--png", tmp_path / "x.png")
    assert code == 2
    assert one_line(err)
    assert "pip install 'frontledger[plots]'" in err


def test_one_account_alone(call, tmp_path):
    for name, place in (("first", "Harbit"), ("second", "Sabin")):
        (tmp_path / f"{name}.txt").write_text(
            f"On 3 March 2016, the Syrian Army captured {place} from ISIL.\n", encoding="utf-8"
        )
    call("run", tmp_path / "first.txt", tmp_path / "second.txt", "-o", tmp_path / "x.gpkg")
    assert call("report", tmp_path / "x.gpkg", "--svg", tmp_path / "x.svg", "--account", "second")[0] == 0
    said = texts(tmp_path / "x.svg")
    assert "Sabin" in said
    assert "Harbit" not in said


def test_names_do_not_stand_on_one_another():
    made = canvas.figure(3.0)
    axes = made.add_axes((0.1, 0.1, 0.8, 0.8))
    axes.set_xlim(0, 10)
    axes.set_ylim(0, 10)
    named = [(1 + number % 5 * 0.4, 1 + number // 5 * 0.5, f"A place {number}") for number in range(25)]
    left_out = labels.place_labels(axes, named, 6)
    boxes = [text.get_window_extent() for text in axes.texts]
    assert len(boxes) + left_out == 25
    assert len(boxes) > 5
    assert not any(one.overlaps(other) for at, one in enumerate(boxes) for other in boxes[at + 1 :])


def test_the_palette_is_that_of_the_page():
    from pathlib import Path

    source = Path(__file__).resolve().parents[3] / "web" / "src" / "palette.ts"
    text = source.read_text(encoding="utf-8")
    listed = text.partition("const LIGHT = ")[2].partition(";")[0]
    assert [colour.upper() for colour in json.loads(listed)] == list(PALETTE)
