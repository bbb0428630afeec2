"""The steps, organs and papers of a procedure by name, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

Names = Mapping[str, tuple[str, str]]

DRAFT, CONSULTATION, COMMUNE_COUNCIL, SUBMISSION = "draft", "consultation", "commune_council", "submission"
DISTRICT, PROVINCIAL_COUNCIL, APPRAISAL = "district", "provincial_council", "appraisal"
DECIDING_COUNCIL, DECISION, IN_FORCE, OPERATING = "deciding_council", "decision", "in_force", "operating"

STEPS: Names = {
    DRAFT: ("Lập đề án", "Draft"),
    CONSULTATION: ("Lấy ý kiến cử tri", "Consultation"),
    COMMUNE_COUNCIL: ("Hội đồng nhân dân cấp xã thông qua", "Commune Council"),
    SUBMISSION: ("Trình hồ sơ lên cấp huyện", "Submission to the district"),
    DISTRICT: ("Cấp huyện xem xét", "District"),
    PROVINCIAL_COUNCIL: ("Hội đồng nhân dân cấp tỉnh thông qua", "Provincial Council"),
    APPRAISAL: ("Thẩm định, thẩm tra", "Appraisal"),
    DECIDING_COUNCIL: ("Kỳ họp của cơ quan quyết định", "Session of the deciding body"),
    DECISION: ("Ban hành nghị quyết", "Decision"),
    IN_FORCE: ("Có hiệu lực", "In force"),
    OPERATING: ("Đi vào hoạt động", "Operating"),
}
ACTORS: Names = {
    "commune_committee": ("Ủy ban nhân dân cấp xã", "commune People's Committee"),
    "commune_council": ("Hội đồng nhân dân cấp xã", "commune People's Council"),
    "council_board": ("Ban của Hội đồng nhân dân", "board of the People's Council"),
    "district_committee": ("Ủy ban nhân dân cấp huyện", "district People's Committee"),
    "district_council": ("Hội đồng nhân dân cấp huyện", "district People's Council"),
    "provincial_committee": ("Ủy ban nhân dân cấp tỉnh", "provincial People's Committee"),
    "provincial_council": ("Hội đồng nhân dân cấp tỉnh", "provincial People's Council"),
    "home_affairs": ("Sở Nội vụ", "Department of Home Affairs"),
    "ministry": ("Bộ Nội vụ", "Ministry of Home Affairs"),
    "standing_committee": ("Ủy ban Thường vụ Quốc hội", "Standing Committee of the National Assembly"),
}
PAPERS: Names = {
    "scheme": ("đề án", "scheme"),
    "opinion_minutes": ("biên bản lấy ý kiến cử tri", "minutes of the consultation"),
    "opinion_summary": ("tổng hợp ý kiến cử tri", "summary of the consultation"),
    "council_resolution": ("nghị quyết của Hội đồng nhân dân", "resolution of the People's Council"),
    "submission_letter": ("tờ trình", "submission letter"),
    "appraisal_report": ("báo cáo thẩm định", "appraisal report"),
    "verification_report": ("báo cáo thẩm tra", "verification report"),
    "resolution": ("nghị quyết sắp xếp", "resolution on the reorganisation"),
}
KINDS: Names = {
    "village": ("thôn, tổ dân phố", "villages"),
    "commune": ("đơn vị hành chính cấp xã", "commune-level units"),
}


def named(names: Names, code: str) -> tuple[str, str]:
    """The names of a code; a code of a local file that has none is shown as it is."""
    return names.get(code, (code, code))
