"""compose.yaml, the units of systemd and the proxies fit each other, the settings and the commands there are."""

import re
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).parents[2]
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

    assert run == {"migrate", "deliver", "sweep", "backup"}
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

    assert services == {f"hipfeet-{name}.service" for name in ("web", "mail", "sweep", "backup")}
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
