"""A hub on the loopback address that serves one folder, as far as the hub's client asks for it."""

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Hub:
    commit = "c" * 40

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                self.answer(hub.content(self.path), with_body=False)

            def do_GET(self) -> None:
                self.answer(hub.content(self.path), with_body=True)

            def answer(self, content: bytes, *, with_body: bool) -> None:
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
                self.send_header("X-Repo-Commit", hub.commit)
                self.end_headers()
                if with_body:
                    self.wfile.write(content)

            def log_message(self, *_args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def content(self, path: str) -> bytes:
        if "/resolve/" in path:
            return (self.folder / path.rsplit("/", 1)[1]).read_bytes()
        files = sorted(file for file in self.folder.iterdir())
        if "/tree/" in path:
            tree = [
                {"type": "file", "path": file.name, "size": file.stat().st_size, "oid": "a" * 40}
                for file in files
            ]
            return json.dumps(tree).encode()
        siblings = [{"rfilename": file.name} for file in files]
        return json.dumps({"id": "org/nllb", "sha": self.commit, "siblings": siblings}).encode()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
