"""Plain bytes over a socket, as no well-behaved client would send them."""

import re
import socket


class Wire:
    """One connection; every wait has an end."""

    def __init__(self, site, limit_s=10):
        self.socket = socket.create_connection(("127.0.0.1", site.port), timeout=limit_s)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        """False when the other side has closed."""
        try:
            self.socket.sendall(data)
            return True
        except (BrokenPipeError, ConnectionResetError):
            return False

    def read_to_end(self):
        """Everything up to the end of the connection, and whether there was an end in time."""
        pieces = []
        try:
            while piece := self.socket.recv(65536):
                pieces.append(piece)
        except ConnectionResetError:
            pass
        except socket.timeout:
            return b"".join(pieces), False
        return b"".join(pieces), True


def answers_in(data):
    """Responses one behind the other as (status, headers, body); None for what is none."""
    found = []
    while data:
        head, mark, rest = data.partition(b"\r\n\r\n")
        match = re.match(rb"HTTP/1\.1 (\d{3}) [^\r\n]*", head)
        if not mark or not match:
            return None
        headers = {}
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            headers[name.strip().lower().decode()] = value.strip().decode()
        status = int(match.group(1))
        length = 0 if status in (100, 204, 304) else int(headers.get("content-length", len(rest)))
        found.append((status, headers, rest[:length]))
        data = rest[length:]
    return found
