"""A mail server for black-box tests, written with the standard library: it takes mails, or does what a bad one does.

What it does with a mail is decided by `behave(recipient, attempt)`, whose answer is one of:

    "take"      as it should be
    "refuse"    550 to the recipient
    "busy"      451 to the recipient
    "die"       the connection ends in the middle of the mail
    "hold"      the mail is all there, and nothing is said until `release()`; then it ends
"""

import email
import email.policy
import socket
import socketserver
import threading

PATIENCE_S = 30


class MailServer:
    def __init__(self):
        self.changed = threading.Condition()
        self.behave = lambda recipient, attempt: "take"
        self.mails = []  # taken
        self.held = []
        self.attempts = {}  # recipient → how many
        self.released = False
        self.connections = set()
        self.server = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()

    def start(self):
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            timeout = PATIENCE_S

            def handle(self):
                outer.connections.add(self.connection)
                try:
                    Conversation(outer, self.rfile, self.wfile, self.connection).run()
                except OSError:
                    pass
                outer.connections.discard(self.connection)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self.server = Server(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        """Nobody answers on its port any more; start() brings it back."""
        self.server.shutdown()
        self.server.server_close()
        for connection in list(self.connections):  # those that are kept for the next mail
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def release(self):
        with self.changed:
            self.released = True
            self.changed.notify_all()

    def wait(self, condition, what):
        with self.changed:
            if not self.changed.wait_for(condition, PATIENCE_S):
                raise AssertionError(f"{what}: not within {PATIENCE_S} s")

    def to(self, recipient):
        return [mail for mail in self.mails if mail["To"].addresses[0].addr_spec == recipient]

    def wait_subject(self, recipient, part):
        """The first mail to somebody whose subject has this part."""
        found = lambda: [mail for mail in self.to(recipient) if part in mail["Subject"]]  # noqa: E731
        self.wait(found, f"a mail to {recipient} about {part!r}")
        return found()[0]


class Conversation:
    def __init__(self, server, reader, writer, connection):
        self.server, self.reader, self.writer, self.connection = server, reader, writer, connection
        self.recipient, self.manner = "", "take"

    def say(self, line):
        self.writer.write(line.encode() + b"\r\n")
        self.writer.flush()

    def run(self):
        self.say("220 mail.test ESMTP")
        while line := self.reader.readline():
            word = line.strip().upper()
            if word.startswith(b"RCPT"):
                self.take_recipient(line)
            elif word == b"DATA":
                if not self.take_mail():
                    return
            elif word == b"QUIT":
                return self.say("221 bye")
            else:
                self.say("250 mail.test" if word.startswith((b"EHLO", b"HELO")) else "250 ok")

    def take_recipient(self, line):
        self.recipient = line.decode().split("<", 1)[1].split(">", 1)[0]
        with self.server.changed:
            attempt = self.server.attempts.get(self.recipient, 0) + 1
            self.server.attempts[self.recipient] = attempt
            self.manner = self.server.behave(self.recipient, attempt)
            self.server.changed.notify_all()
        self.say({"refuse": "550 no such mailbox", "busy": "451 come back later"}.get(self.manner, "250 ok"))

    def take_mail(self):
        """False: the conversation is over."""
        self.say("354 go on")
        lines = []
        while (line := self.reader.readline()) not in (b".\r\n", b""):
            if self.manner == "die":
                self.connection.shutdown(socket.SHUT_RDWR)
                return False
            lines.append(line[1:] if line.startswith(b"..") else line)
        mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        with self.server.changed:
            if self.manner == "hold":
                self.server.held.append(mail)
                self.server.changed.notify_all()
                self.server.changed.wait_for(lambda: self.server.released, PATIENCE_S)
                return False
            self.server.mails.append(mail)
            self.server.changed.notify_all()
        self.say("250 taken")
        return True
