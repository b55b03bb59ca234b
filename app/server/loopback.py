"""The loopback end of signing in with a browser (RFC 8252, 7.3): a random port, one answer."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

_PATH = "/callback"
_PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trình Ký</title></head>
<body><p>Trình Ký đã nhận được câu trả lời. Bạn có thể đóng trang này và quay lại chương trình.</p>
<p lang="en">Trình Ký has received the answer. You can close this page and go back to the program.</p></body></html>"""


class LoopbackAnswer:
    """Listens on 127.0.0.1 until the browser is sent back; a context manager that stops listening."""

    def __init__(self) -> None:
        self.answer: Future[str] = Future()
        answer = self.answer

        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                if self.path.split("?", 1)[0] != _PATH:
                    self.send_error(HTTPStatus.NOT_FOUND)
                    return
                page = _PAGE.encode()
                self.send_response(HTTPStatus.OK)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(page)))
                self.send_header("Cache-Control", "no-store")
                self.send_header("Referrer-Policy", "no-referrer")
                self.end_headers()
                self.wfile.write(page)
                if not answer.done():
                    answer.set_result(self.path)

            def log_request(self, code: object = "-", size: object = "-") -> None:
                """Say nothing: the path carries the authorization code."""

            def log_error(self, *args: object) -> None:
                """Say nothing either: there is no log on standard error."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.redirect_uri = f"http://127.0.0.1:{self._server.server_port}{_PATH}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="sign-in", daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
