"""The page in a real browser: no error on the console, search, sort, keys, theme, and hostile texts that stay text."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import browser, missing

import claimx
from claimx.cli import main
from claimx.model import Claim, Document

pytestmark = [pytest.mark.slow, pytest.mark.skipif(missing() is not None, reason=str(missing()))]

HOSTILE = (
    "<script>document.title='got in'</script>",
    '"><img src=x onerror="document.title=\'got in\'">',
    "</script><script>document.title='got in'</script>",
    "<!--<script>",
    "]]>\u2028\u2029'\"`${1}&lt;b&gt;",
    "javascript:document.title='got in'",
    "right \u202eto\u202c left \u2066x\u2069 \u05d0\u05d1\u05d2",
)


def rows() -> list[Claim]:
    """120 claims of 60 papers; method names end in their number, values run from 1 to 120."""
    made = []
    for number in range(1, 121):
        bench = "PondBench" if number % 2 else "LakeBench"
        text = f"Rill-{number} reaches {number}% accuracy on {bench}."
        start = text.index(f" {number}%") + 1
        paper = (number + 1) // 2
        made.append(
            Claim(
                paper_id=f"p{paper}", title=f"Paper {paper}", published=dt.date(2020 + number % 5, 3, 1),
                method=f"Rill-{number}", method_text=f"Rill-{number}", benchmark=bench, metric="accuracy",
                metric_text="accuracy", value=float(number), unit="percent", value_start=start,
                value_end=start + len(f"{number}%"), sentence=text, sentence_start=0, sentence_end=len(text), rule="r",
                confidence=number / 120, higher_is_better=True, check="mismatch" if number == 7 else None,
            )
        )  # fmt: skip
    return made


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(claimx.report(rows(), title="Ponds"), encoding="utf-8")
    return path


@pytest.fixture
def page(driver: Any, file: Path) -> Iterator[Any]:
    yield opened(driver, file, "#/claims")
    assert errors(driver) == []


def opened(driver: Any, file: Path, address: str = "") -> Any:
    driver.get("about:blank")
    driver.get(file.as_uri() + address)
    driver.execute_script("localStorage.clear()")
    assert driver.execute_script("return document.documentElement.dataset.ready") == "true"
    return driver


def errors(driver: Any) -> list[str]:
    return [entry["message"] for entry in driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]


def css(driver: Any, selector: str) -> Any:
    return driver.find_element("css selector", selector)


def texts(driver: Any, selector: str) -> list[str]:
    found: list[str] = driver.execute_script(
        "return [...document.querySelectorAll(arguments[0])].map((element) => element.textContent)", selector
    )
    return found


def press(driver: Any, *keys: str) -> None:
    for key in keys:
        driver.switch_to.active_element.send_keys(key)


def focused(driver: Any) -> str:
    return str(driver.execute_script("return document.activeElement.id || document.activeElement.textContent"))


METHODS = "#grid tr[tabindex] td.method"


def test_typing_filters(page: Any) -> None:
    assert texts(page, "#count") == ["120 claims in 60 papers"]
    assert len(texts(page, METHODS)) == 50
    css(page, "#q").send_keys("RILL-11")
    assert texts(page, METHODS) == ["Rill-11", *(f"Rill-{n}" for n in range(110, 120))]
    css(page, "#q").send_keys(" %")
    assert texts(page, "#count") == ["11 of 120 claims in 7 papers"]
    css(page, "#f-benchmark").send_keys("lakebench")
    assert texts(page, METHODS) == [f"Rill-{n}" for n in range(110, 120, 2)]
    css(page, "#filter button[type=reset]").click()
    page.implicitly_wait(0)
    assert wait(page, "return document.querySelector('#count').textContent === '120 claims in 60 papers'")


def wait(driver: Any, script: str) -> bool:
    from selenium.webdriver.support.ui import WebDriverWait

    return bool(WebDriverWait(driver, 5).until(lambda d: d.execute_script(script)))


def test_filters_stand_in_the_address(page: Any) -> None:
    css(page, "#f-method").send_keys("rill-12")  # a name that there is, so meant exactly
    assert texts(page, METHODS) == ["Rill-12"]
    assert wait(page, "return location.hash === '#/claims?method=rill-12'")
    page.get(page.current_url.replace("rill-12", "rill-99&min=0.5"))
    page.refresh()
    assert texts(page, METHODS) == ["Rill-99"]
    assert css(page, "#f-min").get_attribute("value") == "0.5"


def test_clicking_a_heading_sorts(page: Any) -> None:
    head = css(page, "#grid th.value")
    assert head.get_attribute("aria-sort") == "none"
    head.find_element("css selector", "button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert texts(page, METHODS)[:3] == ["Rill-120", "Rill-119", "Rill-118"]
    head.find_element("css selector", "button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert texts(page, METHODS)[:3] == ["Rill-1", "Rill-2", "Rill-3"]
    css(page, "#grid th.method button").click()  # 2 before 10: numbers in names count as numbers
    assert texts(page, METHODS)[:3] == ["Rill-1", "Rill-2", "Rill-3"]
    css(page, "#grid th.benchmark button").send_keys("\ue007")
    assert texts(page, METHODS)[:2] == ["Rill-2", "Rill-4"]


def test_the_table_works_by_keyboard(page: Any) -> None:
    down, up, enter, page_down, escape = "\ue015", "\ue013", "\ue007", "\ue00f", "\ue00c"
    press(page, "/")
    assert wait(page, "return document.activeElement.id === 'q'")
    press(page, down)
    assert page.execute_script("return document.activeElement.dataset.row") == "0"
    press(page, down, down, up)
    assert page.execute_script("return document.activeElement.dataset.row") == "1"
    press(page, page_down)
    assert page.execute_script("return document.activeElement.dataset.row") == "50"
    assert texts(page, "#claims-pager span") == ["Page 2 of 3"]
    assert len(page.find_elements("css selector", "#grid tr[tabindex='0']")) == 1
    press(page, down, enter)
    assert wait(page, "return location.hash === '#/claim/51' && document.querySelector('#current') !== null")
    assert texts(page, "#current") == ["Rill-52 reaches 52% accuracy on LakeBench."]
    assert focused(page) == "‹ Back"
    press(page, escape)
    assert wait(page, "return document.activeElement.dataset.row === '51'")


def test_the_first_stop_skips_to_the_content(driver: Any, file: Path) -> None:
    opened(driver, file)
    press(driver, "\ue004")
    assert focused(driver) == "Skip to the content"
    outline = driver.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    press(driver, "\ue007")
    assert focused(driver) == "main"
    assert errors(driver) == []


def test_marks_and_rows_lead_to_each_other(driver: Any, file: Path) -> None:
    opened(driver, file, "#/abstracts")
    assert len(texts(driver, "#papers article")) == 20
    assert texts(driver, "#papers article:first-child mark")[:3] == ["Rill-1", "1%", "accuracy"]
    classes = driver.execute_script(
        "return [...document.querySelectorAll('mark[data-rows]')].slice(0, 3).map((m) => m.className)"
    )
    assert classes == ["method", "value", "metric"]
    css(driver, "#papers article:nth-child(2) mark.value").click()
    assert wait(driver, "return location.hash === '#/claim/2'")
    assert texts(driver, "#papers .claims a[aria-current] strong") == ["Rill-3"]
    css(driver, "a.back").click()
    assert wait(driver, "return document.querySelectorAll('#papers article').length === 20")
    assert errors(driver) == []


def test_boards_show_a_plot_and_lead_to_their_sentences(driver: Any, file: Path) -> None:
    opened(driver, file, "#/boards")
    assert sorted(texts(driver, "#board-list .name")) == ["LakeBenchaccuracy", "PondBenchaccuracy"]
    assert len(texts(driver, "#board table.board tbody tr")) == 60
    assert texts(driver, "#board tbody tr:first-child td")[0] == "1"
    assert len(driver.find_elements("css selector", "#board svg path.record")) == 1
    css(driver, "#board-q").send_keys("pond")
    assert texts(driver, "#board-list .name") == ["PondBenchaccuracy"]
    css(driver, "#board-list a").click()
    assert texts(driver, "#board h3") == ["PondBench · accuracy"]
    css(driver, "#board tbody tr:first-child a").click()
    assert wait(driver, "return document.querySelector('#current') !== null")
    assert texts(driver, "#current") == ["Rill-119 reaches 119% accuracy on PondBench."]
    assert errors(driver) == []


def test_what_does_not_add_up_is_told(driver: Any, file: Path) -> None:
    opened(driver, file, "#/checks")
    assert texts(driver, "#doubts") == ["1"]
    assert texts(driver, "#mismatches .abstract") == ["Rill-7 reaches 7% accuracy on PondBench."]
    css(driver, "#mismatches .claims a").click()
    assert wait(driver, "return location.hash === '#/claim/6'")
    assert errors(driver) == []


def test_contradictions_show_each_papers_value(driver: Any, tmp_path: Path) -> None:
    first = rows()[0]
    out = tmp_path / "two.html"
    other = replace(first, paper_id="p99", title="Another look", value=90.0)
    out.write_text(claimx.report([first, other]), encoding="utf-8")
    opened(driver, out, "#/checks")
    assert texts(driver, "#contradictions h4") == ["Rill-1"]
    assert texts(driver, "#contradictions .claims strong") == ["Paper 1", "Another look"]
    assert texts(driver, "#contradictions .number") == ["1 %", "90 %"]
    assert errors(driver) == []


def test_the_theme_switches_and_is_kept(page: Any) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = page.execute_script(ground)
    css(page, "#theme").click()
    dark = page.execute_script(ground)
    assert dark != light
    assert css(page, "#theme").get_attribute("aria-pressed") == "true"
    page.refresh()
    assert page.execute_script(ground) == dark


@pytest.mark.parametrize("width", [380, 768, 1200, 2200])
@pytest.mark.parametrize("view", ["overview", "claims", "abstracts", "claim/3", "boards", "board/0", "checks"])
def test_nothing_is_wider_than_the_screen(driver: Any, file: Path, width: int, view: str) -> None:
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        opened(driver, file, "#/" + view)
        assert driver.execute_script("return document.documentElement.scrollWidth") <= width
        assert errors(driver) == []
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


CONTRAST = """
const parts = (colour) => (colour.match(/[0-9.]+/g) || [0, 0, 0, 0]).map(Number);
const linear = (v) => (v / 255 <= 0.04045 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4);
const light = ([r, g, b]) => [r, g, b].map(linear)
  .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
const ground = (element) => {
  for (let e = element; e; e = e.parentElement) {
    const colour = parts(getComputedStyle(e).backgroundColor);
    if (colour.length < 4 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
};
const low = [];
for (const e of document.querySelectorAll('body *:not(script, style, option, datalist, svg, svg *)')) {
  if (!e.checkVisibility() || e.disabled || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
  const [a, b] = [light(parts(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
  if ((a + 0.05) / (b + 0.05) < 4.5) low.push(e.outerHTML.slice(0, 80));
}
return low;
"""


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("view", ["overview", "claims", "abstracts", "claim/6", "board/0", "checks"])
def test_ink_stands_out_from_its_ground(driver: Any, file: Path, view: str, dark: bool) -> None:
    opened(driver, file, "#/" + view)
    if dark:
        css(driver, "#theme").click()
    assert driver.execute_script(CONTRAST) == []


def test_hostile_texts_stay_text(driver: Any, tmp_path: Path) -> None:
    claims, documents = [], []
    for number, text in enumerate(HOSTILE):
        for method in (text, "other " + text):
            claims.append(
                Claim(
                    paper_id=text, title=text, source=text, method=method, method_text=text, baseline=text,
                    benchmark=text, metric="accuracy", value=float(number), unit=text, baseline_value=2.0,
                    setting=text, task=text,
                    value_start=0, value_end=3, sentence=text, sentence_start=0, sentence_end=len(text), rule="r",
                    check="mismatch", higher_is_better=True, confidence=0.5,
                )
            )  # fmt: skip
        documents.append(Document(text, text, title=text))
    table, corpus, out = tmp_path / "claims.parquet", tmp_path / "texts.jsonl", tmp_path / "page.html"
    claimx.write(claims, table)
    with open(corpus, "w", encoding="utf-8") as stream:
        for document in documents:
            json.dump({"id": document.id, "title": document.title, "abstract": document.text}, stream)
            stream.write("\n")
    title = "".join(HOSTILE)
    assert main(["report", str(table), "-o", str(out), "--texts", str(corpus), "--title", title]) == 0
    for view in ("overview", "claims", "abstracts", "claim/0", "boards", "board/0", "checks"):
        opened(driver, out, "#/" + view)
        if view == "claims":
            css(driver, "#sentences").click()
            css(driver, "#f-method").click()
        assert driver.title != "got in"
        assert driver.title.startswith("<script>document.title=")
        for tag, count in (("script", 2), ("img", 0), ("b", 0), ("iframe", 0)):
            assert len(driver.find_elements("css selector", tag)) == count, (view, tag)
        links = driver.execute_script("return [...document.links].map((link) => link.getAttribute('href'))")
        assert all(link.startswith("#") for link in links)
        handlers = driver.execute_script(
            "const all = [...document.querySelectorAll('*')];"
            "return all.flatMap((element) => element.getAttributeNames().filter((name) => /^on/.test(name)))"
        )
        assert handlers == []
        assert errors(driver) == []
    opened(driver, out, "#/abstracts")
    assert texts(driver, "#papers h3") == list(HOSTILE)
    assert texts(driver, "#papers .abstract") == list(HOSTILE)


def test_an_empty_table_is_told(driver: Any, tmp_path: Path) -> None:
    out = tmp_path / "empty.html"
    out.write_text(claimx.report([]), encoding="utf-8")
    for view in ("overview", "claims", "abstracts", "claim/0", "paper/x", "boards", "board/9", "checks", "nowhere"):
        opened(driver, out, "#/" + view)
        assert errors(driver) == [], view
    opened(driver, out, "#/claims")
    assert texts(driver, "#grid tbody td") == ["The table has no claims."]


def test_a_connection_is_refused(driver: Any, file: Path) -> None:
    opened(driver, file)
    asked = (
        "const done = arguments[0]; fetch('https://example.org/').then(() => done('let out'), () => done('refused'))"
    )
    assert driver.execute_async_script(asked) == "refused"
    assert any("Content Security Policy" in message for message in errors(driver))
