"""Mints one embed token and prints it. Python 3.8 or later, nothing to install: HS256.

    VENDOR=pos-helper AUDIENCE=https://console.example SECRET=… python3 mint.py

SECRET is at least 32 bytes, shared with the console. KID, if set, goes into the header.
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
import uuid


def part(data: bytes) -> str:
    """base64url without padding, as RFC 7515 wants it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def mint(user, name, locale, merchant, tills, role) -> str:
    """A token for one of your users, as your own session knows them. Never take these from the browser's request."""
    now = int(time.time())
    header = {"alg": "HS256", "typ": "JWT"}
    if os.environ.get("KID"):
        header["kid"] = os.environ["KID"]
    claims = {
        "iss": os.environ["VENDOR"],
        "aud": os.environ["AUDIENCE"],
        "sub": user,
        "merchant": merchant,
        "tills": tills,
        "role": role,
        "name": name,
        "locale": locale,
        "iat": now,
        "exp": now + 120,  # 300 at most: it is used within seconds
        "jti": str(uuid.uuid4()),  # never the same twice
    }
    signed = ".".join(part(json.dumps(value, separators=(",", ":")).encode()) for value in (header, claims))
    signature = hmac.new(os.environ["SECRET"].encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{part(signature)}"


if __name__ == "__main__":
    if not all(os.environ.get(name) for name in ("VENDOR", "AUDIENCE", "SECRET")):
        sys.exit("set VENDOR, AUDIENCE and SECRET")
    print(mint("u-1042", "Zoé Lambert", "fr", "resto-77", ["caisse"], "manager"))
