"""A real nginx in front of servers that may come and go."""

import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from string import Template

import pytest

from tests.architecture.test_settings import free_port

# As deploy/nginx.conf has it, without HTTPS: a request that a server has not answered when it ends goes to the next one,
# a POST, too, as each of ours counts once however often it is sent.
CONFIGURATION = Template("""
$user
daemon off;
worker_processes 1;
error_log $folder/nginx-error.log;
pid $folder/nginx.pid;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path $folder/bodies;
  proxy_temp_path $folder/answers;
  fastcgi_temp_path $folder/unused;
  uwsgi_temp_path $folder/unused;
  scgi_temp_path $folder/unused;
  upstream web { $servers }
  server {
    listen 127.0.0.1:$port;
    client_max_body_size 25m;
    location / {
      proxy_pass http://web;
      proxy_next_upstream error timeout non_idempotent;
      proxy_set_header Host $$http_host;
      proxy_set_header X-Forwarded-For $$http_x_test_address;
      proxy_set_header X-Forwarded-Proto http;
    }
  }
}
""")


class Proxy:
    """A started nginx."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def pass_on_to(self, ports: Sequence[int]) -> None:
        """From now on to these servers."""
        text = CONFIGURATION.substitute(
            user="user root;" if os.geteuid() == 0 else "",
            folder=self.folder,
            port=self.port,
            servers=" ".join(f"server 127.0.0.1:{port} max_fails=0;" for port in ports),
        )
        (self.folder / "nginx.conf").write_text(text)
        if self.process:
            self.process.send_signal(signal.SIGHUP)
            time.sleep(0.3)


@contextmanager
def proxy_to(folder: Path, ports: Sequence[int]) -> Iterator[Proxy]:
    """An nginx that passes on to servers at these ports; skips the test where there is none."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not program:
        pytest.skip("needs nginx: sudo apt install nginx-light")
    proxy = Proxy(folder)
    proxy.pass_on_to(ports)
    command = [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "nginx-error.log")]
    with subprocess.Popen(command) as proxy.process:  # noqa: S603
        try:
            for _ in range(100):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{proxy.port}/healthz", timeout=5).close()
                    break
                except (urllib.error.URLError, OSError):
                    time.sleep(0.05)
            yield proxy
        finally:
            proxy.process.terminate()
