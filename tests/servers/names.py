"""A name server on a free port, that knows a few TXT records."""

import socketserver
import threading
from collections.abc import Mapping
from typing import Self

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


class Names:
    """Answers questions for TXT records; `address` is `127.0.0.1:port`."""

    def __init__(self, records: Mapping[str, bytes]) -> None:
        """Take the records: the name with its last dot, and the text."""
        names = self
        self.records = dict(records)

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                question, socket = self.request
                socket.sendto(names.answer(question), self.client_address)

        self.server = socketserver.ThreadingUDPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def answer(self, question: bytes) -> bytes:
        """Answer one question."""
        query = dns.message.from_wire(question)
        answer = dns.message.make_response(query)
        name = query.question[0].name.to_text()
        if name not in self.records:
            answer.set_rcode(dns.rcode.NXDOMAIN)
            return answer.to_wire()
        text = self.records[name].decode()
        pieces = " ".join(
            f'"{text[start : start + 255]}"' for start in range(0, len(text), 255)
        )
        answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", pieces))
        return answer.to_wire()

    def __enter__(self) -> Self:
        """Begin to serve."""
        self.thread.start()
        return self

    def __exit__(self, *_reason: object) -> None:
        """Stop."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
