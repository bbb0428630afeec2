"""Visitors of the measured site: they log in by the form, then ask for pages as browsers do (gzip, kept connection)."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from itertools import islice
from urllib.parse import quote, urlencode

import attrs
from site_country import COMMUNES, PROVINCES, VILLAGES, districts_of

PASSWORD = "only-for-measuring-17"
_WORDS = (
    "Tân Phú",
    "tan phu",
    "Đắk",
    "dak nam",
    "Thôn Hòa Bình",
    "quang son",
    "Xã Mỹ",
    "nghia",
    "00123",
    "long an",
)


@attrs.frozen(slots=True)
class Kind:
    """A kind of page: how often it is asked for among a hundred, and a maker of addresses."""

    name: str
    share: int
    make: Callable[[random.Random], str]
    draw: random.Random

    def addresses(self, count: int | None = None) -> Iterator[str]:
        """Addresses by chance, always the same ones."""
        endless = iter(lambda: self.make(self.draw), None)
        return islice(endless, count)


def visits(seed: int) -> list[Kind]:
    """What people ask for."""
    draw = random.Random(seed)
    return [
        Kind(name, share, make, draw)
        for name, share, make in (
            ("tree node", 25, _node),
            ("unit page", 25, _unit),
            ("filtered list", 20, _listed),
            ("list by band", 5, _by_band),
            ("search", 20, _search),
            ("map of communes", 3, lambda _draw: "/bo-may/ban-do/?noi=p0&cap=xa"),
            ("map of villages", 1, _map_of_villages),
            ("its data", 1, lambda _draw: "/bo-may/ban-do/du-lieu.json?noi=p0&cap=thon&xem=ho"),
        )
    ]


def _district(draw: random.Random) -> str:
    province = draw.randrange(PROVINCES)
    return f"p{province}-d{draw.randrange(districts_of(province))}"


def _node(draw: random.Random) -> str:
    unit, level = draw.choice(
        [(f"p{draw.randrange(PROVINCES)}", 2), (_district(draw), 3), (f"c{draw.randrange(COMMUNES)}", 4)]
    )
    return f"/bo-may/nhanh/{unit}/?muc={level}"


def _unit(draw: random.Random) -> str:
    village, commune = f"v{draw.randrange(VILLAGES)}", f"c{draw.randrange(COMMUNES)}"
    department = f"p{draw.randrange(PROVINCES)}-s{draw.randrange(20)}"
    return f"/bo-may/don-vi/{draw.choice([village, village, commune, _district(draw), department])}/"


def _listed(draw: random.Random) -> str:
    asked = {
        "noi": draw.choice(
            ["", f"p{draw.randrange(PROVINCES)}", f"p{draw.randrange(PROVINCES)}", _district(draw)]
        ),
        "loai": draw.choice(["", "village", "commune"]),
        "sx": draw.choice(["", "ten", "-ho,ten", "loai,-ho"]),
        "q": draw.choice(["", "", *_WORDS]),
        "ho-tu": draw.choice(["", "", "150"]),
    }
    return f"/bo-may/bang/?{urlencode({name: value for name, value in asked.items() if value})}"


def _by_band(draw: random.Random) -> str:
    return f"/bo-may/bang/?noi=p{draw.randrange(PROVINCES)}&muc={draw.choice(['nua', 'duoi', 'dat'])}"


def _search(draw: random.Random) -> str:
    return f"/bo-may/tim/?q={quote(draw.choice(_WORDS))}"


def _map_of_villages(draw: random.Random) -> str:
    return f"/bo-may/ban-do/?noi=p0&cap=thon&xem={draw.choice(['muc', 'ho', 'doi'])}"


class Measured:
    """Seconds and bytes of answers, by kind of page; several threads may add."""

    def __init__(self) -> None:
        self._times: dict[str, list[float]] = defaultdict(list)
        self._sizes: dict[str, int] = defaultdict(int)
        self._refused: dict[str, int] = defaultdict(int)
        self._lock = threading.Lock()

    @property
    def count(self) -> int:
        """How many answers."""
        return sum(map(len, self._times.values()))

    def names(self) -> list[str]:
        """The kinds, as `visits` has them."""
        return [kind.name for kind in visits(0) if kind.name in self._times]

    def add(self, name: str, seconds: float, size: int, status: int) -> None:
        """One answer; a refusal (403, what lies outside of somebody's province) is counted apart, its time not."""
        with self._lock:
            if status == 403:
                self._refused[name] += 1
            else:
                self._times[name].append(seconds)
                self._sizes[name] += size

    def line(self, name: str, *more: str) -> str:
        """Median, 95th percentile, longest; columns of the caller; mean size."""
        times = sorted(self._times[name])
        p95 = times[min(int(len(times) * 0.95), len(times) - 1)]
        figures = "".join(f"{one * 1000:9.0f}" for one in (times[len(times) // 2], p95, times[-1]))
        size = self._sizes[name] / len(times) / 1000
        refused = f"  ({self._refused[name]} refused)" if self._refused[name] else ""
        return f"{name:22}{figures}{''.join(more)}{size:8.1f}   n={len(times)}{refused}\n"


class Visitor:
    """One user with a kept connection and cookies."""

    def __init__(self, port: int, number: int) -> None:
        self._port, self._number = port, number
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies: dict[str, str] = {}

    @staticmethod
    def wait(port: int, seconds: float = 120) -> None:
        """Until the site answers."""
        until = time.monotonic() + seconds
        while True:
            try:
                Visitor(port, 0)._ask("GET", "/tai-khoan/dang-nhap/")
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                return

    @staticmethod
    def crowd(port: int, users: int, seconds: float, think: float) -> tuple[Measured, float]:
        """Many at once for some seconds; what was measured, and how long it lasted."""
        measured = Measured()
        visitors = [Visitor(port, number) for number in range(users)]
        for visitor in visitors:
            visitor.log_in()
        started = time.monotonic()
        until = started + seconds
        threads = [threading.Thread(target=one.stay, args=(measured, until, think)) for one in visitors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return measured, time.monotonic() - started

    def stay(self, measured: Measured, until: float, think: float) -> None:
        """Ask and think until the time is over."""
        draw = random.Random(self._number)
        kinds = visits(self._number)
        time.sleep(draw.random() * think)
        while time.monotonic() < until:
            kind = draw.choices(kinds, [one.share for one in kinds])[0]
            [address] = kind.addresses(1)
            measured.add(kind.name, *self.get(kind.name, address))
            time.sleep(think * draw.uniform(0.5, 1.5))

    def get(self, name: str, address: str) -> tuple[float, int, int]:
        """Seconds until the last byte, bytes as sent, status.

        Raises:
            UnableToMeasure: it is neither the page nor a refusal.
        """
        started = time.perf_counter()
        status, body = self._ask("GET", address)
        if status not in (200, 403):
            raise UnableToMeasure(name, address, status)
        return time.perf_counter() - started, len(body), status

    def log_in(self) -> None:
        """By the form, with its token."""
        address = "/tai-khoan/dang-nhap/"
        _status, page = self._ask("GET", address, gzip=False)
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        fields = {
            "csrfmiddlewaretoken": token[1].decode(),
            "login": f"u{self._number}",
            "password": PASSWORD,
        }
        status, _body = self._ask("POST", address, urlencode(fields))
        if status != 302:
            raise UnableToMeasure("log-in", address, status)

    def _ask(self, method: str, address: str, body: str = "", gzip: bool = True) -> tuple[int, bytes]:
        headers = {
            "X-Forwarded-Proto": "https",
            "Referer": f"https://127.0.0.1:{self._port}/",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            **({"Accept-Encoding": "gzip"} if gzip else {}),
            **({"Content-Type": "application/x-www-form-urlencoded"} if body else {}),
        }
        self._connection.request(method, address, body or None, headers)
        answer = self._connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie", []):
            self._cookies.update((name, one.value) for name, one in SimpleCookie(line).items())
        return answer.status, answer.read()


class UnableToMeasure(RuntimeError):
    """The site answered something else than a page."""

    def __init__(self, name: str, address: str, status: int) -> None:
        super().__init__(f"{name}: {address} answered {status}")
        self.name, self.address, self.status = name, address, status
