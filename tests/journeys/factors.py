"""What a person has besides a password: a device that keeps passkeys, and an app that shows codes."""

import base64
import hashlib
import hmac
import time

from playwright.sync_api import CDPSession, Page


def with_authenticator(page: Page, *, verifies: bool = True) -> tuple[CDPSession, str]:
    """Give the page a device that keeps passkeys and knows its owner's finger, or not; its session and its id."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return cdp, str(made["authenticatorId"])


def code_of_app(secret: str) -> str:
    """What an app shows now (RFC 6238)."""
    step = int(time.time() // 30).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
