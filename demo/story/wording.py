"""Names: of posts after the body they lead, of places inside a sentence, of bodies made of several."""

from __future__ import annotations

_POSTS = (
    ("Văn phòng Đăng ký", "Giám đốc", "Phó Giám đốc"),
    ("Văn phòng", "Chánh Văn phòng", "Phó Chánh Văn phòng"),
    ("Thanh tra", "Chánh Thanh tra", "Phó Chánh Thanh tra"),
    ("Ủy ban Kiểm tra", "Chủ nhiệm", "Phó Chủ nhiệm"),
    ("Ủy ban Mặt trận", "Chủ tịch", "Phó Chủ tịch"),
    ("Hội", "Chủ tịch", "Phó Chủ tịch"),
    ("Liên đoàn", "Chủ tịch", "Phó Chủ tịch"),
    ("Tỉnh đoàn", "Bí thư", "Phó Bí thư"),
    ("Đoàn Thanh niên", "Bí thư", "Phó Bí thư"),
    ("Đoàn", "Trưởng đoàn", "Phó Trưởng đoàn"),
    ("Đảng ủy", "Bí thư", "Phó Bí thư"),
    ("Báo", "Tổng Biên tập", "Phó Tổng Biên tập"),
    ("Trường Chính trị", "Hiệu trưởng", "Phó Hiệu trưởng"),
    ("Trường", "Hiệu trưởng", "Phó Hiệu trưởng"),
    ("Chi cục", "Chi cục trưởng", "Phó Chi cục trưởng"),
    ("Hạt", "Hạt trưởng", "Phó Hạt trưởng"),
    ("Đội", "Đội trưởng", "Phó Đội trưởng"),
    ("Trạm", "Trạm trưởng", "Phó Trạm trưởng"),
    ("Đài", "Trưởng đài", "Phó Trưởng đài"),
    ("Phòng Công chứng", "Trưởng phòng", "Phó Trưởng phòng"),
    ("Phòng", "Trưởng phòng", "Phó Trưởng phòng"),
    ("Ban", "Trưởng ban", "Phó Trưởng ban"),
)


def posts_of(body: str) -> tuple[str, str]:
    """What the head and a deputy of a body are called.

    >>> posts_of("Chi cục Kiểm lâm"), posts_of("Sở Nội vụ")[0]
    (('Chi cục trưởng', 'Phó Chi cục trưởng'), 'Giám đốc')
    """
    found = next(((head, deputy) for start, head, deputy in _POSTS if body.startswith(start)), None)
    return found or ("Giám đốc", "Phó Giám đốc")


def inside(title: str) -> str:
    """A title as it stands inside a sentence.

    >>> inside("Thị xã Gia Nghĩa")
    'thị xã Gia Nghĩa'
    """
    return title[0].lower() + title[1:]


def join(titles: list[str]) -> str:
    """One name out of several of the same first word.

    >>> join(["Phòng Kế hoạch", "Phòng Tài chính"])
    'Phòng Kế hoạch - Tài chính'
    """
    first, *rest = titles
    word = first.split(" ")[0]
    return " - ".join([first, *(title.removeprefix(f"{word} ") for title in rest)])
