"""A mail server of our own, which hangs, drips, refuses or breaks off when it is told to."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

FAULTS = (
    "hangs",
    "drips",
    "breaks off",
    "hangs at the end",
    "takes it and says nothing",
    "closes",
    "is busy",
)
"""What passes; "refuses the address" is for good."""


class Conversation(socketserver.StreamRequestHandler):
    """One client of the mail server."""

    server: "MailServer"

    def handle(self) -> None:
        fault = self.server.fault
        self.server.calls += 1
        if fault == "drips":
            while not self.server.over.wait(0.1):
                self.wfile.write(b"220-wait\r\n")
        if fault == "hangs":
            self.server.over.wait(30)
        if fault in {"hangs", "closes", "drips"}:
            return
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if (verb, fault) in {("MAIL", "is busy"), ("RCPT", "refuses the address")}:
                self.say("550 no" if verb == "RCPT" else "451 later")
            elif verb == "DATA":
                self.say("354 go on")
                if fault == "breaks off":
                    self.rfile.readline()
                    return
                mail = self.rest_of_the_mail()
                if fault == "takes it and says nothing":
                    self.server.mails.append(mail)
                if fault in {"hangs at the end", "takes it and says nothing"}:
                    self.server.over.wait(30)
                    return
                self.server.mails.append(mail)
                self.server.over.wait(self.server.slowness)
                self.say("250 taken")
            else:
                self.say("221 bye" if verb == "QUIT" else "250 yes")
                if verb == "QUIT":
                    return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def rest_of_the_mail(self) -> str:
        lines: list[str] = []
        while (line := self.rfile.readline().decode()) not in {".\r\n", ""}:
            lines.append(line)
        return "".join(lines)


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server of our own: what it took, and what is wrong with it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.fault = ""
        self.slowness = 0.0
        self.calls = 0
        self.mails: list[str] = []
        self.over = threading.Event()

    def handle_error(self, *_: object) -> None:
        """A client that gave up."""

    def numbers(self) -> list[str]:
        """The Message-ID of each mail it took."""
        return re.findall(r"^Message-ID: <(.+)@", "".join(self.mails), re.MULTILINE)

    def code_sent(self) -> str:
        found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", self.mails[-1], re.MULTILINE)
        assert found, self.mails[-1]
        return found[1]


@contextmanager
def running_mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield server
        server.over.set()
        server.shutdown()
