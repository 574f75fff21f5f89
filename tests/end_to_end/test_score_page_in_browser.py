"""The page of scores in a real browser: it fetches nothing, breaks no rule of its own, and fits a narrow window."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.test_serve import BROWSER, browsing

LABEL = "a.very.long.label." * 12 + "<img src=x onerror=alert(1)>"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    for name, label in (("gold", "short"), ("predicted", LABEL)):
        mentions = [{"kind": "actor", "start": 9 * at, "end": 9 * at + 5, "label": label} for at in range(3)]
        events = [
            {
                "type": f"{label}{at}",
                "triggers": [{"start": 100 + 9 * at, "end": 104 + 9 * at}],
                "confidence": at / 30,
                "arguments": [{"role": f"role{at}", "start": 9 * at, "end": 9 * at + 5, "kind": "actor"}],
            }
            for at in range(30)
        ]
        line = json.dumps({"article_id": "x", "language": "en", "mentions": mentions, "events": events})
        (tmp_path / f"{name}.jsonl").write_text(f"{line}\n", encoding="utf-8")
    command = [sys.executable, "-m", "annotator", "score", "gold.jsonl", "predicted.jsonl", "--html", "page.html"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    return tmp_path / "page.html"


@pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed here")
async def test_the_page_fetches_nothing_and_scrolls_only_in_its_boxes(page, tmp_path):
    async with browsing(tmp_path / "profile") as browser:
        await browser.call(
            "Emulation.setDeviceMetricsOverride", width=400, height=800, deviceScaleFactor=1, mobile=False
        )
        await browser.open(page.as_uri())
        await browser.wait_until("document.readyState == 'complete' && document.querySelectorAll('table').length > 5")
        assert await browser.is_true("document.documentElement.scrollWidth <= 400")
        assert await browser.is_true("[...document.querySelectorAll('.wide')].some(box => box.scrollWidth > 400)")
        assert await browser.is_true("performance.getEntriesByType('resource').length == 0")
        assert await browser.is_true("document.images.length == 0 && document.scripts.length == 0")
        assert all(address == page.as_uri() for address in browser.loaded)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed here")
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_its_letters_stand_out_in_light_and_dark(page, tmp_path, scheme):
    async with browsing(tmp_path / "profile") as browser:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        await browser.call("Emulation.setEmulatedMedia", features=features)
        await browser.open(page.as_uri())
        await browser.wait_until("document.readyState == 'complete' && document.querySelectorAll('table').length > 5")
        light = "(([r, g, b]) => r + g + b)(getComputedStyle(document.body).{}.match(/[0-9]+/g).map(Number))"
        ink, ground = light.format("color"), light.format("backgroundColor")
        assert await browser.is_true(f"{ground} - {ink} > 400" if scheme == "light" else f"{ink} - {ground} > 400")
