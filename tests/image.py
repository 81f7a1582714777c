"""Builds the image as the Dockerfile says, in a bare Debian in place of Docker, and runs it: `make trial-image`, as root.

The Dockerfile itself is read, so nothing here has to be kept like it. What stands for `FROM python:...` is debootstrap's
smallest Debian with Debian's Python. The finished image is mounted read-only and run by its own user, who has no home.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = "python3,python3-venv,python-is-python3,ca-certificates"
# How this machine reaches its package registries, which the image has to reach while it is built.
REACHES = (
    "etc/resolv.conf",
    "etc/pip.conf",
    "etc/ssl/certs/ca-certificates.crt",
    "etc/apt/sources.list.d/debian.sources",
    "etc/apt/apt.conf.d",
)


@dataclass
class Image:
    """A root folder, and what the Dockerfile has said so far about running in it."""

    root: Path
    folder: str = "/"
    user: str = "root"
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile, line by line: the word and what follows it."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in text.splitlines() if line)]


def run_in(
    image: Image, command: list[str], *, user: str = "root", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in an image, and stop everything where it fails."""
    known = [f"{name}={value}" for name, value in {**image.environment, **variables}.items()]
    inside = f"cd {image.folder} && exec env -i {shlex.join([*known, *command])}"
    done = subprocess.run(
        ["chroot", f"--userspec={user}", image.root, "sh", "-c", inside],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(
            f"{shlex.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    return done


def copy(image: Image, said: str, stages: dict[str, Image]) -> None:
    """COPY, from the folder of the project or from an earlier stage."""
    *sources, target = said.split()
    origin = stages[sources.pop(0).removeprefix("--from=")].root if said.startswith("--from=") else ROOT
    into = image.root / str(Path(image.folder, target))[1:]
    for source in sources:
        one = origin / source.lstrip("/")
        if origin == ROOT and f"!{source}" not in (ROOT / ".dockerignore").read_text().split():
            sys.exit(f".dockerignore keeps {source} from the build.")
        if one.is_dir():
            left_out = shutil.ignore_patterns("__pycache__") if origin == ROOT else None
            shutil.copytree(one, into, symlinks=True, dirs_exist_ok=True, ignore=left_out)
        else:
            into.mkdir(parents=True, exist_ok=True)
            shutil.copy2(one, into)


def build(work: Path) -> Image:  # noqa: PLR0912  (a case for each word)
    """Every instruction, in its order. Returns the last stage."""
    base = work / "base"
    subprocess.run(
        ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", "bookworm", str(base)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    for name in REACHES:
        if Path("/", name).exists():
            subprocess.run(["cp", "-rL", f"/{name}", str((base / name).parent)], check=True)
    stages: dict[str, Image] = {}
    image = Image(base)
    for word, rest in instructions():
        print(f"{word} {rest}"[:110], flush=True)
        match word:
            case "FROM":
                name = rest.partition(" AS ")[2] or "last"
                image = stages[name] = Image(work / name)
                subprocess.run(["cp", "-a", base, image.root], check=True)
            case "WORKDIR":
                image.folder = rest
                (image.root / rest[1:]).mkdir(exist_ok=True)
            case "RUN":
                run_in(image, ["sh", "-c", rest])
            case "COPY":
                copy(image, rest, stages)
            case "ENV":
                for name, _, value in (pair.partition("=") for pair in rest.split()):
                    image.environment[name] = value.replace("$PATH", image.environment["PATH"])
            case "USER":
                image.user = rest
            case "HEALTHCHECK":
                image.health = json.loads(rest.partition("CMD ")[2])
            case "CMD":
                image.command = json.loads(rest)
            case "EXPOSE":
                pass
            case _:
                sys.exit(f"This trial does not know {word}.")
    return image


def try_out(image: Image) -> None:
    """What compose.yaml does with the image, beside a PostgreSQL of its own: migrate, serve, deliver, sweep, back up."""
    root = str(image.root)
    for folder in ("backups", "proc", "dev"):
        Path(root, folder).mkdir(exist_ok=True)
    for mount in (
        f"--bind {root} {root}",
        f"-o remount,bind,ro {root}",
        f"-t tmpfs tmpfs {root}/tmp",  # noqa: S108  (the image's)
        f"-t tmpfs tmpfs {root}/backups",
        f"-t proc proc {root}/proc",
        f"--bind /dev {root}/dev",
    ):
        subprocess.run(["mount", *mount.split()], check=True)
    said = {
        "SECRET_KEY": run_in(
            image, ["python", "-c", "import secrets; print(secrets.token_urlsafe(50))"]
        ).stdout.strip(),
        "ALLOWED_HOSTS": "hipfeet.example",
        "TRUSTED_PROXY_COUNT": "1",
        "DEFAULT_FROM_EMAIL": "hello@hipfeet.example",
        "DATABASE_URL": "postgres://{PGUSER}@{PGHOST}:{PGPORT}/{PGDATABASE}".format_map(os.environ),
        "DATABASE_PASSWORD": os.environ["PGPASSWORD"],
        "BACKUP_FOLDER": "/backups",
        "BACKUP_KEY": run_in(image, ["age-keygen"]).stdout.split()[-1],
    }
    manage = ["python", "manage.py"]
    run_in(image, [*manage, "migrate", "--noinput"], user=image.user, **said)
    everything = [f"{name}={value}" for name, value in {**image.environment, **said}.items()]
    serve = f"cd {image.folder} && exec env -i {shlex.join([*everything, *image.command])}"
    command = ["chroot", f"--userspec={image.user}", root, "sh", "-c", serve]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            time.sleep(15)
            run_in(image, image.health, user=image.user)
            page = run_in(image, ["python", "-c", ASKS], user=image.user).stdout
            print(page.strip())
        finally:
            server.terminate()
            log, _ = server.communicate(timeout=60)
    print(log)
    if "[ERROR]" in log or server.returncode:
        sys.exit(f"The server ended with {server.returncode}.")
    print(run_in(image, [*manage, "deliver", "--once"], user=image.user, **said).stdout.strip())
    run_in(image, [*manage, "sweep"], user=image.user, **said)
    print(run_in(image, [*manage, "backup"], **said).stdout.strip())
    print("The image serves, read-only, as a user without a home, and backs up.")


ASKS = """
from urllib.request import Request, urlopen
headers = {"Host": "hipfeet.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
with urlopen(Request("http://127.0.0.1:8000/learn/", headers=headers), timeout=30) as answer:
    print(answer.status, len(answer.read()), "bytes of /learn/")
"""


def main() -> None:
    """Each step in a process whose mounts and, to try it out, ports are nobody else's, and vanish with it."""
    match sys.argv[1:]:
        case ["build", work]:
            image = build(Path(work))
            Path(work, "image.json").write_text(json.dumps({**vars(image), "root": str(image.root)}))
        case ["try", work]:
            said = json.loads(Path(work, "image.json").read_text())
            try_out(Image(**{**said, "root": Path(said["root"])}))
        case _:
            again = [sys.executable, "-m", "tests.image"]
            # Another cluster's socket may lie where this one wants to put its own.
            database = "ip link set lo up && mount -t tmpfs -o mode=1777 tmpfs /run/postgresql"
            database += ' && exec pg_virtualenv -t "$0" "$@"'
            with tempfile.TemporaryDirectory(prefix="image-") as work:
                subprocess.run(["unshare", "--mount", *again, "build", work], check=True)
                subprocess.run(
                    ["unshare", "--mount", "--net", "sh", "-c", database, *again, "try", work], check=True
                )


if __name__ == "__main__":
    main()
