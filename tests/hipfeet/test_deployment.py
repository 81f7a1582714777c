"""compose.yaml, the units of systemd and the proxies fit each other, the settings and the commands there are."""

import http.client
import os
import re
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.architecture.test_settings import ROOT, free_port

COMPOSE = (ROOT / "compose.yaml").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
UNITS = [file for file in (ROOT / "deploy/systemd").iterdir() if file.is_file()]

NOT_PASSED_ON = {
    "DEBUG": "for a developer's machine",
    "SITE_ORIGIN": "is https:// and HOST",
    "CSRF_TRUSTED_ORIGINS": "the proxy changes no host name",
    "SECURE_SSL_REDIRECT": "the proxy hands on no plain HTTP",
    "SECURE_HSTS_SECONDS": "the default is right where there is a certificate",
}
ONLY_COMPOSE = {"HOST", "POSTGRES_PASSWORD", "BACKUPS", "BACKUP_USER"}
"""What production.env says besides the settings' own variables; docs/operations.md explains it."""


def test_each_variable_of_the_settings_reaches_the_containers_or_there_is_a_reason() -> None:
    explained = set(re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    passed_on = set(re.findall(r"^    ([A-Z_]+):", COMPOSE, re.MULTILINE))

    assert passed_on.isdisjoint(NOT_PASSED_ON)
    assert passed_on | NOT_PASSED_ON.keys() == explained


def test_whatever_compose_asks_of_its_operator_is_explained() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))
    operations = (ROOT / "docs/operations.md").read_text()

    assert asked - ONLY_COMPOSE <= set(re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    assert [
        name for name in ONLY_COMPOSE if f"`{name}" not in operations and f"{name}=" not in operations
    ] == []


def test_commands_that_containers_and_units_run_exist() -> None:
    everything = COMPOSE + "".join(unit.read_text() for unit in UNITS)
    run = set(re.findall(r"manage\.py,? (\w+)", everything))

    assert run == {"migrate", "deliver", "sweep", "backup", "watch"}
    assert run <= get_commands().keys()


def test_units_and_image_start_the_same_server() -> None:
    unit = (ROOT / "deploy/systemd/hipfeet-web.service").read_text()
    started = re.findall(r"ExecStart=\S*/(gunicorn .*)", unit)[0].split()
    image = re.findall(r'"([^"]*)"', (ROOT / "Dockerfile").read_text().splitlines()[-1])

    assert started == [part for part in image if part not in {"--bind", "0.0.0.0:8000"}]


def test_every_service_runs_as_hipfeet_and_only_one_socket_waits_where_nginx_asks() -> None:
    services = {unit.name for unit in UNITS if unit.suffix == ".service"}
    socket = re.findall(r"ListenStream=(.*)", (ROOT / "deploy/systemd/hipfeet-web.socket").read_text())
    nginx = (ROOT / "deploy/proxy/nginx.conf").read_text()

    assert services == {f"hipfeet-{name}.service" for name in ("web", "mail", "sweep", "backup", "watch")}
    assert "User=hipfeet\n" in (ROOT / "deploy/systemd/hipfeet-.service.d/common.conf").read_text()
    assert re.findall(r"server unix:(\S+)", nginx) == socket


def test_proxies_hand_on_no_metrics_and_log_no_address() -> None:
    nginx = (ROOT / "deploy/proxy/nginx.conf").read_text()
    caddy = (ROOT / "deploy/proxy/Caddyfile").read_text()
    logged = re.findall(r"log_format hipfeet '(.*)';", nginx)[0]

    assert "location = /metrics {\n    return 404;" in nginx
    assert "respond /metrics 404" in caddy
    assert set(re.findall(r"\$(\w+)", logged)) == {
        "time_iso8601",
        "request_method",
        "status",
        "body_bytes_sent",
        "request_time",
        "request_id",
    }
    assert set(re.findall(r"access_log (.*);", nginx)) == {"/var/log/nginx/hipfeet.log hipfeet"}
    assert "request delete" in caddy


# --- tried with their own programs ---


def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd")
    for unit in (ROOT / "deploy/systemd").rglob("*.*"):
        if unit.is_file():
            made = tmp_path / unit.relative_to(ROOT / "deploy/systemd")
            made.parent.mkdir(exist_ok=True)
            made.write_text(unit.read_text().replace("/opt/hipfeet/.venv", sys.prefix))

    done = subprocess.run(  # noqa: S603
        ["systemd-analyze", "verify", "--man=no", *[str(tmp_path / unit.name) for unit in UNITS]],  # noqa: S607
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert [line for line in done.stderr.splitlines() if "hipfeet" in line] == []


@pytest.fixture
def nginx(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """nginx with our site, a certificate made here, and no server behind it; gives its ports for HTTP and HTTPS."""
    if not shutil.which("nginx"):
        pytest.skip("needs nginx: sudo apt install nginx-light")
    plain, secure = free_port(), free_port()
    site = (ROOT / "deploy/proxy/nginx.conf").read_text()
    for ours, here in {
        "  listen [::]:80;\n": "",
        "  listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ": f"listen 127.0.0.1:{secure} ",
        "/etc/letsencrypt/live/hipfeet.example": str(tmp_path),
        "/var/log/nginx": str(tmp_path),
        "/run/hipfeet.sock": str(tmp_path / "nobody.sock"),
        "/opt/hipfeet": str(ROOT),
    }.items():
        assert ours in site, ours
        site = site.replace(ours, here)
    kept = "".join(
        f"{part}_temp_path {tmp_path};" for part in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    error_log = f"error_log {tmp_path}/main.log;"
    # As root it would read and write as somebody else, who may see nothing here.
    user = "user root;" if os.geteuid() == 0 else ""
    conf = f"daemon off; {user} pid {tmp_path}/pid; {error_log} events {{}} "
    conf += f"http {{ {kept} access_log off;\n{site} }}"
    (tmp_path / "nginx.conf").write_text(conf)
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=hipfeet.example"]
    certificate += ["-keyout", f"{tmp_path}/privkey.pem", "-out", f"{tmp_path}/fullchain.pem"]
    subprocess.run(certificate, check=True, capture_output=True)  # noqa: S603
    command = ["nginx", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:  # noqa: S603
        for _ in range(100):
            if (tmp_path / "pid").exists():
                break
            assert server.poll() is None, (tmp_path / "main.log").read_text()
            time.sleep(0.05)
        yield plain, secure
        server.terminate()


def asked(talk: http.client.HTTPConnection, method: str, path: str) -> tuple[int, dict[str, str], str]:
    talk.request(method, path, body="a=b" if method == "POST" else None, headers={"Host": "hipfeet.example"})
    answer = talk.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read().decode()


def test_nginx_says_in_words_that_the_server_is_away_and_logs_no_address(
    nginx: tuple[int, int], tmp_path: Path
) -> None:
    plain, secure = nginx
    trusting = ssl.create_default_context(cafile=str(tmp_path / "fullchain.pem"))
    trusting.check_hostname = False

    with closing(http.client.HTTPConnection("127.0.0.1", plain)) as talk:
        status, headers, _ = asked(talk, "GET", "/check/?a=b")
    assert (status, headers["Location"]) == (301, "https://hipfeet.example/check/?a=b")

    with closing(http.client.HTTPSConnection("127.0.0.1", secure, context=trusting)) as talk:
        for method in ("GET", "POST"):
            status, headers, page = asked(talk, method, "/calendar/a-token.ics")
            assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "30", "no-store")
            assert "<h1>hipfeet is away for a moment</h1>" in page
        assert asked(talk, "GET", "/metrics")[0] == 404
        assert asked(talk, "GET", "/away.html")[0] == 404

    lines = (tmp_path / "hipfeet.log").read_text().splitlines()
    assert [line.split()[2] for line in lines] == ["301", "503", "503", "404", "404"]
    logged = "".join(file.read_text() for file in tmp_path.glob("*.log"))
    assert "a-token" not in logged
    assert "127.0.0.1" not in logged
