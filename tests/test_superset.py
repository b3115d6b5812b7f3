"""`docs/superset/register.py` against a server that asks of a client what Superset asks: a login, and a token of the same session for whatever changes."""

from __future__ import annotations

import http.server
import json
import pathlib
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

_SCRIPT = pathlib.Path(__file__).parents[1] / "docs" / "superset" / "register.py"


class _Superset(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.answer({"result": "token"} if self.is_logged_in() else None)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path.endswith("/login"):
            self.answer({"access_token": "key"} if body["password"] == "right" else None)
            return
        guarded = self.headers["X-CSRFToken"] == "token" and self.headers["Cookie"] == "session=1" and self.headers["Referer"]
        self.asked.append(self.path)
        self.answer({"id": len(self.asked)} if self.is_logged_in() and guarded else None)

    def is_logged_in(self) -> bool:
        return self.headers["Authorization"] == "Bearer key"

    def answer(self, content: dict[str, object] | None) -> None:
        self.send_response(400 if content is None else 200)
        self.send_header("Set-Cookie", "session=1; Path=/")
        self.end_headers()
        self.wfile.write(json.dumps(content or {"message": "refused"}).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    _Superset.asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Superset) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{made.server_port}"
        made.shutdown()


def register(server: str, password: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(_SCRIPT), server, "admin", password, "/store/events.duckdb"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)


def test_a_store_is_registered_with_a_dataset_and_a_chart(server: str) -> None:
    done = register(server, "right")
    assert done.stdout == f"{server}/explore/?slice_id=3\n", done.stderr
    assert _Superset.asked == ["/api/v1/database/", "/api/v1/dataset/", "/api/v1/chart/"]


def test_what_the_server_refuses_is_said(server: str) -> None:
    done = register(server, "wrong")
    assert done.returncode == 1
    assert done.stderr.strip() == 'security/login: 400 {"message": "refused"}'
