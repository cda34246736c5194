"""A bad neighbour for a broker: neighbour.py KIND PORT SECONDS. Prints "ready" once it is being one."""
import os
import socket
import struct
import sys
import threading
import time

PIECE = 64 << 10


def text(value):
    data = value.encode()
    return struct.pack("!H", len(data)) + data


def packet(first, body):
    length, digits = len(body), b""
    while True:
        length, digit = length >> 7, length & 0x7F
        digits += bytes([digit | (0x80 if length else 0)])
        if not length:
            return bytes([first]) + digits + body


def connect_packet(client, user=None, password=None):
    flags = 2 | (0x80 if user else 0) | (0x40 if password else 0)
    body = text("MQTT") + bytes([4, flags]) + struct.pack("!H", 0) + text(client)
    return packet(0x10, body + (text(user) if user else b"") + (text(password) if password else b""))


def subscribe_packet(topics, qos):
    return packet(0x82, struct.pack("!H", 1) + text(topics) + bytes([qos]))


def publish_packet(topic, size):
    return packet(0x30, text(topic) + bytes(size))


class Neighbour:
    def __init__(self, port, until):
        self.port, self.until = port, until

    def running(self):
        return time.monotonic() < self.until

    def open(self, window=0):
        client = socket.socket()
        if window:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        client.settimeout(10)
        client.bind(("127.0.0.2", 0))  # an address of its own
        client.connect(("127.0.0.1", self.port))
        return client

    def join(self, name, window=0):
        client = self.open(window)
        client.sendall(connect_packet(name))
        assert client.recv(4) == b"\x20\x02\x00\x00"
        return client

    def subscribe(self, name, window, qos):
        """To everything, and with so much of it that what the network holds is full from the beginning."""
        client = self.join(name, window)
        client.sendall(subscribe_packet("#", qos))
        client.recv(5)
        filler = self.join(name + "-filler")
        for _ in range(128):
            filler.sendall(publish_packet("filler", PIECE))
        filler.close()
        return client

    def rest(self):
        print("ready", flush=True)
        time.sleep(max(0, self.until - time.monotonic()))

    def idle(self):
        """The neighbour that isn't one, to tell what the machine does by itself."""
        self.rest()

    def busy(self):
        """Takes a core and leaves the broker alone: what any process beside it costs."""
        print("ready", flush=True)
        while self.running():
            sum(range(10_000))

    def deaf(self):
        """Subscribes to everything and never reads."""
        client = self.subscribe("deaf", 4096, 1)
        self.rest()
        client.close()

    def narrow(self):
        """Subscribes to everything and reads a little at a time through a tiny window."""
        client = self.subscribe("narrow", 2048, 0)
        print("ready", flush=True)
        while self.running():
            if not client.recv(256):
                sys.exit("the broker closed the connection")
            time.sleep(0.01)

    def half(self):
        """Connects a hundred times, sends half a packet each time, and no more."""
        clients = [self.join(f"half-{i}") for i in range(100)]
        for client in clients:
            client.sendall(publish_packet("half", 100_000)[:50_000])
        self.rest()

    def strangers(self):
        """Asks to be let in with a wrong password, four at a time, without end."""
        self.together(4, self.ask, connect_packet("stranger", "admin", "wrong password"))

    def garbage(self):
        """Opens connections and says what is no MQTT, four at a time, without end."""
        self.together(4, self.ask, os.urandom(512))

    def together(self, many, task, *arguments):
        threads = [threading.Thread(target=task, args=arguments) for _ in range(many)]
        for thread in threads:
            thread.start()
        print("ready", flush=True)
        for thread in threads:
            thread.join()

    def ask(self, words):
        while self.running():
            client = self.open()
            try:
                client.sendall(words)
                while client.recv(64):
                    pass
            except OSError:
                pass  # told off, as it should be
            client.close()

    def flood(self):
        """Publishes at QoS 0 as fast as it is read; nobody subscribed."""
        client = self.join("flood")
        many = publish_packet("flood", 64) * (PIECE // 64)
        print("ready", flush=True)
        while self.running():
            try:
                client.sendall(many)
            except TimeoutError:
                return  # held back for good


if __name__ == "__main__":
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))  # it is a guest here, not on the machine of the others
    kind, port, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    getattr(Neighbour(port, time.monotonic() + seconds), kind)()
