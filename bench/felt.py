"""Goals M4 and M12, speed as felt: what seven pages weigh, when their first text stands, what moves, and Lighthouse.

    .venv/bin/python -m bench.felt [--rounds 5] [--lighthouse PATH] [--only PAGE]

Needs the development packages, Playwright (make test installs both) and Debian's chromium; for the last columns
Lighthouse 12 (npm install lighthouse; PATH is node_modules/.bin/lighthouse). It makes its own SQLite file with the
demonstration person, and serves it as in production, but over plain HTTP on this machine.

Slow 3G is 400 kbit/s each way and 400 ms for each round trip, on a processor slowed down four times: Chromium shapes
the traffic. Each visit is a first one, with an empty cache. Lighthouse runs with its own settings for phones.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, NamedTuple

from bench.reference import ROOT, served

PORT = 8743
ORIGIN = f"http://127.0.0.1:{PORT}"
ZONE = "Europe/Vienna"
PHONE = {"width": 390, "height": 844}
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
SEEN = """() => new Promise(done => {
  let moved = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { moved += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done({
    text: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    moved,
  }), 500);
})"""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


class FeltPage(NamedTuple):
    """A page to measure, and the cookie of who opens it."""

    name: str
    path: str
    cookie: str = ""


def fill() -> list[FeltPage]:
    """Make the demonstration person in the middle of a workout, and a guest in the middle of a check."""
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415  (needs the settings)
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from assessments.models import Attempt  # noqa: PLC0415
    from hipfeet.demo import make_demo  # noqa: PLC0415
    from tests.builders_check import ORDINARY, begin_check, typed  # noqa: PLC0415
    from tests.builders_training import begun, exercises_of, sets_url, signed_in_as  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    demo = make_demo("no one signs in with it")
    workout = begun(demo)
    check = Attempt.objects.filter(person=demo).latest("finished_at")
    guest = Client()
    begin_check(guest)
    guest.post("/check/toes/", typed(ORDINARY, "toes"))

    def cookie(client: Client) -> str:
        return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"

    own = cookie(signed_in_as(demo))
    return [
        FeltPage("home", "/"),
        FeltPage("muscle", "/learn/muscles/gluteus-medius/"),
        FeltPage("question", "/check/knees/", cookie(guest)),
        FeltPage("result", f"/checks/{check.pk}/", own),
        FeltPage("Today", "/today/", own),
        FeltPage("player", sets_url(workout, exercises_of(workout)[0]), own),
        FeltPage("progress", "/progress/", own),
    ]


def visited(browser: Any, page: FeltPage, *, slow: bool) -> dict[str, float]:
    """A first visit: bytes over the wire, requests, milliseconds to the first text, and how much moved."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, timezone_id=ZONE)
    if page.cookie:
        name, value = next((key, morsel.value) for key, morsel in SimpleCookie(page.cookie).items())
        context.set_extra_http_headers({"Cookie": f"{name}={value}"})
    tab = context.new_page()
    client = context.new_cdp_session(tab)
    client.send("Network.enable")
    sizes: list[float] = []
    client.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    if slow:
        client.send("Network.emulateNetworkConditions", SLOW_3G)
        client.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    response = tab.goto(ORIGIN + page.path, wait_until="load")
    if response is None or response.status != 200 or not response.url.endswith(page.path):
        raise SystemExit(f"{page.path} did not open")
    seen = tab.evaluate(SEEN)
    context.close()
    return {"bytes": sum(sizes), "requests": len(sizes), **seen}


def lighthouse(program: str, page: FeltPage) -> dict[str, float]:
    """The four scores, 0 to 100."""
    headers = ["--extra-headers", json.dumps({"Cookie": page.cookie})] if page.cookie else []
    command = [
        program,
        ORIGIN + page.path,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        *headers,
    ]
    # The zone of the demonstration person: elsewhere a notice says so, and moves the page when it comes.
    environment = {**os.environ, "TZ": ZONE, "CHROME_PATH": os.environ.get("CHROMIUM", "/usr/bin/chromium")}
    for _ in range(3):  # now and then the browser does not start
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if not ran.returncode:
            break
    else:
        raise SystemExit(ran.stderr)
    found = json.loads(ran.stdout)
    scores = {name: 100 * (found["categories"][name]["score"] or 0) for name in CATEGORIES}
    failed = [
        audit["id"]
        for audit in found["audits"].values()
        if audit["score"] is not None and audit["score"] < 0.9 and audit["scoreDisplayMode"] != "informative"
    ]
    print(f"  {page.name}: {scores} below 0.9: {', '.join(failed)}", file=sys.stderr)
    return scores


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description="What pages weigh and how soon they show text.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--lighthouse", default="")
    parser.add_argument("--only", default="", help="the name of one page")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (not in every development environment)

    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            DATABASE_URL=f"sqlite:///{Path(folder) / 'felt.sqlite3'}",
            DJANGO_SETTINGS_MODULE="hipfeet.settings",
            SECRET_KEY="x" * 50,
            ALLOWED_HOSTS="127.0.0.1,testserver",
            SECURE_SSL_REDIRECT="false",
            DEBUG="false",
        )
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, check=True
        )
        pages = fill()
        with served("hipfeet.wsgi", PORT), sync_playwright() as playwright:
            time.sleep(1)
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
            )
            scored = options.lighthouse and options.rounds
            columns = ["page", "KB", "requests", "first text, slow 3G, s", "moved"]
            print(f"| {' | '.join([*columns, *(CATEGORIES if scored else ())])} |")
            for page in (page for page in pages if options.only in {"", page.name}):
                fast = visited(browser, page, slow=False)
                slow = [visited(browser, page, slow=True) for _ in range(options.rounds)]
                row = [
                    page.name,
                    f"{fast['bytes'] / 1024:.1f}",
                    f"{fast['requests']:.0f}",
                    f"{statistics.median(visit['text'] for visit in slow) / 1000:.2f}",
                    f"{max(visit['moved'] for visit in slow):.3f}",
                ]
                if scored:
                    runs = [lighthouse(options.lighthouse, page) for _ in range(options.rounds)]
                    row += [f"{statistics.median(run[name] for run in runs):.0f}" for name in CATEGORIES]
                print("| " + " | ".join(row) + " |", flush=True)
            browser.close()


if __name__ == "__main__":
    main()
