#!/usr/bin/env python3
"""The HTML report in a real browser: what it shows, that it can be filtered, and that output cannot become markup.

    cargo build --release
    uv run --with playwright tests/browser/report.py [--program target/release/snipcheck] [--chromium PATH] [--picture DIR]

Needs a Chromium: the one at --chromium, on PATH, or what `playwright install chromium` brings.
"""
import argparse
import pathlib
import shutil
import subprocess
import tempfile

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def report(program, guides, folder):
    """The page of a run, as a file."""
    page = pathlib.Path(folder) / "report.html"
    command = [program, "run", "--no-cache", "--report", page, *guides]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, cwd=folder)
    return page.as_uri()


def shown(page):
    return page.locator("article:visible").evaluate_all("all => all.map(one => one.dataset.status)")


def says_what_is_wrong(page, uri):
    page.goto(uri)
    assert page.title() == "snipcheck: 2 of 4 snippets fail", page.title()
    assert shown(page) == ["passed", "failed", "errored", "skipped"], shown(page)
    failed = page.locator("article[data-status=failed]")
    assert "the guide says: 3" in failed.inner_text()
    assert "really: 2" in failed.inner_text()
    assert failed.locator(".row.fail").count() == 1
    assert "needs a printer" in page.locator("article[data-status=skipped]").inner_text()


def filters_and_searches(page, uri):
    page.goto(uri)
    page.get_by_role("button", name="passed 1").click()
    assert shown(page) == ["failed", "errored", "skipped"]
    assert page.get_by_role("status").inner_text() == "3 of 4 snippets shown"
    page.get_by_role("button", name="passed 1").click()
    page.get_by_role("searchbox").fill("undefined_thing")
    assert shown(page) == ["errored"]
    page.get_by_role("searchbox").fill("no such words")
    assert shown(page) == []


def answers_the_keyboard(page, uri):
    page.goto(uri)
    focused = "document.activeElement.dataset.status || document.activeElement.id"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "failed"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "errored"
    page.keyboard.press("k")
    assert page.evaluate(focused) == "failed"
    page.keyboard.press("/")
    assert page.evaluate(focused) == "search"
    page.keyboard.type("banana")
    assert shown(page) == ["passed", "failed"]
    # Everything that can be pressed is reached by Tab, and is named.
    for button in page.get_by_role("button").all():
        assert button.inner_text().strip()
    assert page.locator("article:not([aria-labelledby])").count() == 0


def has_two_themes_and_prints(page, uri):
    ground = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="light")
    page.goto(uri)
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(ground)
    assert light != dark
    page.locator("#theme").click()
    assert page.evaluate(ground) == light
    page.emulate_media(media="print")
    assert not page.locator(".controls").is_visible()
    page.emulate_media(media="screen", color_scheme="light")


def is_not_fooled(page, uri):
    page.goto(uri)
    assert "owned" not in page.title()
    assert page.locator("main img, main svg, main script, main b").count() == 0
    assert "<b>bold</b>" in page.locator("main").inner_text()


def stays_fluid(page, uri):
    page.goto(uri)
    assert page.locator("article").count() == 2000
    took = page.evaluate(
        """() => {
            const search = document.querySelector("#search");
            const start = performance.now();
            search.value = "number-77";
            search.dispatchEvent(new Event("input"));
            document.body.getBoundingClientRect();
            return performance.now() - start;
        }"""
    )
    print(f"  a search in 2000 snippets: {took:.0f} ms")
    assert len(shown(page)) == 11, "77 and 770 to 779"


def many(folder):
    """A guide of 2 000 snippets."""
    guide = pathlib.Path(folder) / "many.md"
    blocks = (f"## Number {n}\n\n```python\nprint({n} * 2)  # {n * 2}\n```\n" for n in range(2000))
    guide.write_text("\n".join(blocks))
    return guide


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "target" / "release" / "snipcheck", type=pathlib.Path)
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome"))
    parser.add_argument("--picture", type=pathlib.Path, help="a folder for pictures of the page")
    options = parser.parse_args()
    program = options.program.resolve()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        wrong = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: request.url.startswith("file:") or wrong.append(request.url))
        guide = report(program, [HERE / "guide.md"], folder)
        for test in [says_what_is_wrong, filters_and_searches, answers_the_keyboard, has_two_themes_and_prints]:
            test(page, guide)
            print(f"{test.__name__}: ok")
        if options.picture:
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                page.goto(guide)
                page.screenshot(path=options.picture / f"report-{theme}.png", full_page=True)
        for test, guides in [(is_not_fooled, [HERE / "hostile.md"]), (stays_fluid, [many(folder)])]:
            test(page, report(program, guides, folder))
            print(f"{test.__name__}: ok")
        assert not wrong, wrong
        browser.close()


if __name__ == "__main__":
    main()
