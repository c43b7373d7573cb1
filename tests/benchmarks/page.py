"""How quick the page of ``claimx report`` is in a browser: until it can be used, and for each keystroke of a filter.

    python tests/benchmarks/page.py [CLAIMS] [--texts INPUT] [--claims N] [--rounds N]

Without CLAIMS the page has N claims, made by varying the sample. A keystroke counts from the browser's event to the
picture on the screen. It needs selenium and Chromium.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # the checkout that this file stands in, wherever claimx is installed

from browser import browser, missing  # noqa: E402
from speed import SAMPLE, vary  # noqa: E402

import claimx  # noqa: E402
from claimx.model import Claim, Document  # noqa: E402
from claimx.output import load  # noqa: E402

TYPED = ("accuracy", "tidal 97", "imagenet top-1")
KEYS = """
const input = document.getElementById('q');
window.times = [];
input.addEventListener('input', (event) => {
  requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - event.timeStamp)));
}, true);
input.focus();
"""


def made(count: int) -> tuple[list[Claim], list[Document]]:
    """``count`` claims with their texts: the sample's, again and again with other decimals and ids."""
    chance = random.Random(7)
    sample = list(claimx.read(SAMPLE))
    claims: list[Claim] = []
    documents: list[Document] = []
    while len(claims) < count:
        round_, of = divmod(len(documents), len(sample))
        document = replace(sample[of], id=f"{sample[of].id}-{round_}", text=vary(sample[of].text, chance))
        documents.append(document)
        claims += claimx.extract_many([document])
    return claims[:count], documents


def load_times(driver: Any, address: str, rounds: int) -> list[float]:
    """Milliseconds from the start of the navigation until the table stands and keys are listened to."""
    times = []
    for _ in range(rounds):
        driver.get("about:blank")
        driver.get(address)
        times.append(driver.execute_script("return performance.getEntriesByName('usable')[0].startTime"))
    return times


def keystrokes(driver: Any, rounds: int) -> list[float]:
    """Milliseconds for each letter typed into the search, and for each taken back."""
    driver.execute_script(KEYS)
    field = driver.find_element("id", "q")
    strokes = 0
    for text in TYPED * rounds:
        for key in (*text, *["\ue003"] * len(text)):
            field.send_keys(key)
            strokes += 1
    wait = time.monotonic() + 10
    while len(times := driver.execute_script("return times")) < strokes and time.monotonic() < wait:
        time.sleep(0.05)
    return [float(one) for one in times]


def busy(driver: Any) -> float:
    """Milliseconds of processor time that the page's main thread has taken: other programs do not count."""
    metrics = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return next(1000 * float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"median": statistics.median(ordered), "p95": ordered[int(0.95 * (len(ordered) - 1))], "worst": ordered[-1]}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", nargs="?", metavar="CLAIMS", help="a claim table (default: made from the sample)")
    parser.add_argument("--texts", metavar="INPUT", help="where the abstracts of CLAIMS are")
    parser.add_argument("--claims", type=int, default=10_000, metavar="N", help="claims to make (default 10,000)")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="loads, and times of typing (default 5)")
    parser.add_argument("--json", action="store_true", help="print the figures as a JSON object")
    given = parser.parse_args(arguments)
    if (why := missing()) is not None:
        parser.error(why)
    if given.table:
        claims, documents = load(given.table), claimx.read(given.texts) if given.texts else None
    else:
        claims, documents = made(given.claims)
    begun = time.perf_counter()
    page = claimx.report(claims, documents)
    seconds = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder, browser() as driver:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        loads = load_times(driver, path.as_uri() + "#/claims", given.rounds)
        before = busy(driver)
        keys = keystrokes(driver, given.rounds)
        work = (busy(driver) - before) / len(keys)
        errors = [entry["message"] for entry in driver.get_log("browser")]
        size = path.stat().st_size
    figures = {"claims": len(claims), "bytes": size, "made_s": seconds, "usable_ms": spread(loads),
               "keystroke_ms": spread(keys), "keystroke_cpu_ms": work,
               "console": errors}  # fmt: skip
    if given.json:
        print(json.dumps(figures))
        return 0
    print(f"{len(claims):,} claims, {size / 1e6:.1f} MB, made in {seconds:.1f} s")
    for name, times in (("usable after", loads), ("keystroke", keys)):
        found = spread(times)
        print(f"{name:12} median {found['median']:6.0f} ms, p95 {found['p95']:6.0f} ms, worst {found['worst']:6.0f} ms")
    print(f"processor time of a keystroke: {work:.0f} ms")
    print(f"console: {'; '.join(errors) or 'no message'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
