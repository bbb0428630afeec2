"""Real documents the story cites, and the bases every part of it rests on."""

from __future__ import annotations

import datetime as dt

from tinhgon.registry.documents import Document

from . import parameters
from .book import Basis, Book, moment

NQ18, NQ19 = "18-NQ/TW", "19-NQ/TW"
CTR26, CTR30 = "26-CTr/TU", "30-CTr/TU"
ND34, TT14 = "34/2019/NĐ-CP", "14/2018/TT-BNV"
NQ835 = "835/NQ-UBTVQH14"

_CENTRE = "Ban Chấp hành Trung ương Đảng khóa XII"
_STANDING = "Ban Thường vụ Tỉnh ủy Đắk Nông"
_REAL = (
    (
        NQ18,
        "Nghị quyết",
        _CENTRE,
        "Một số vấn đề về tiếp tục đổi mới, sắp xếp tổ chức bộ máy của hệ thống chính trị tinh gọn, hoạt động "
        "hiệu lực, hiệu quả",
        dt.date(2017, 10, 25),
        (),
    ),
    (
        NQ19,
        "Nghị quyết",
        _CENTRE,
        "Về tiếp tục đổi mới hệ thống tổ chức và quản lý, nâng cao chất lượng và hiệu quả hoạt động của các đơn "
        "vị sự nghiệp công lập",
        dt.date(2017, 10, 25),
        (),
    ),
    (
        CTR26,
        "Chương trình hành động",
        _STANDING,
        "Thực hiện Nghị quyết số 18-NQ/TW",
        dt.date(2018, 3, 8),
        (NQ18,),
    ),
    (
        CTR30,
        "Chương trình hành động",
        _STANDING,
        "Thực hiện Nghị quyết số 19-NQ/TW",
        dt.date(2018, 5, 22),
        (NQ19,),
    ),
    (
        "92/2009/NĐ-CP",
        "Nghị định",
        "Chính phủ",
        "Chức danh, số lượng, chế độ, chính sách đối với cán bộ, công chức cấp xã và người hoạt động không "
        "chuyên trách ở cấp xã",
        dt.date(2009, 10, 22),
        (),
    ),
    (
        ND34,
        "Nghị định",
        "Chính phủ",
        "Sửa đổi, bổ sung một số quy định về cán bộ, công chức cấp xã và người hoạt động không chuyên trách ở "
        "cấp xã, ở thôn, tổ dân phố",
        dt.date(2019, 4, 24),
        (),
    ),
    (
        TT14,
        "Thông tư",
        "Bộ Nội vụ",
        "Sửa đổi, bổ sung một số điều của Thông tư số 04/2012/TT-BNV về tổ chức và hoạt động của thôn, tổ dân phố",
        dt.date(2018, 12, 3),
        (),
    ),
    (
        NQ835,
        "Nghị quyết",
        "Ủy ban Thường vụ Quốc hội",
        "Thành lập phường Quảng Thành thuộc thị xã Gia Nghĩa và thành lập thành phố Gia Nghĩa",
        dt.date(2019, 12, 17),
        (),
    ),
)


def list_real_documents(book: Book) -> None:
    """Put the real documents first on the list."""
    for number, type_, issuer, title, signed_on, carries_out in _REAL:
        book.papers.list_real(Document(number, number, type_, issuer, title, signed_on, None, carries_out))


class Baseline:
    """The bases of the baseline: one synthetic list of units, recorded block after block in 2016."""

    def __init__(self, book: Book) -> None:
        self._document = book.papers.decide(
            "BC/SNV",
            "Sở Nội vụ tỉnh Đắk Nông",
            "Danh mục đơn vị, chức danh, biên chế của hệ thống chính trị tỉnh tại ngày 31/12/2015",
            dt.date(2016, 2, 1),
            NQ18,
        )
        self._blocks = 0

    def block(self, clause: str) -> Basis:
        """The basis of a next block, recorded after the ones before."""
        self._blocks += 1
        at = moment(dt.date(2016, 2, 15)) + dt.timedelta(minutes=20 * self._blocks)
        return Basis(self._document, clause, parameters.BASELINE, at, by="u-02")
