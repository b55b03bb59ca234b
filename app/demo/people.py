"""The demo office's staff: invented names in an invented province, PINs that guard nothing."""

from __future__ import annotations

from dataclasses import dataclass

AGENCY = "Sở Tư pháp tỉnh Thử Nghiệm"
PARENT = "UBND tỉnh Thử Nghiệm"
PARTNER_AGENCY = "Sở Nội vụ tỉnh Thử Nghiệm"
PLACE = "Thử Nghiệm"
"""Địa danh: stands before the date of every document."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a certificate names: a person, or the agency itself where `title` is None."""

    key: str
    common_name: str
    organization: str
    title: str | None
    uid: str
    pin: str | None = None
    """User PIN of the holder's token; None where there is no token."""
    key_kind: str = "rsa2048"
    """What key is made on it: `rsa` with its bits, `p256` or `p384`."""


LEADER = Holder("leader", "Nguyễn Văn An", AGENCY, "Giám đốc", "CCCD:000000000001", "12345678")
DEPUTY = Holder("deputy", "Trần Thị Bình", AGENCY, "Phó Giám đốc", "CCCD:000000000002", "23456789")
CHIEF = Holder(
    "chief", "Lê Hoàng Cường", AGENCY, "Chánh Văn phòng", "CCCD:000000000003", "34567890"
)
PARTNER = Holder(
    "partner", "Phạm Quốc Dũng", PARTNER_AGENCY, "Giám đốc", "CCCD:000000000004", "45678901"
)
CLERK = Holder("clerk", "Vũ Thị Hạnh", AGENCY, "Văn thư", "CCCD:000000000005")
SPECIALIST = Holder(
    "specialist", "Hoàng Thị Lan", AGENCY, "Chuyên viên", "CCCD:000000000007", "56789012"
)
HEAD = Holder("head", "Đặng Thị Mai", AGENCY, "Trưởng phòng", "CCCD:000000000008", "67890123")
AGENCY_SEAL = Holder("agency", AGENCY, PARENT, None, "MST:0000000000", "87654321")

TOKEN_HOLDERS = (LEADER, DEPUTY, CHIEF, PARTNER, SPECIALIST, HEAD, AGENCY_SEAL)
INITIALLERS = (HEAD, CHIEF)
"""Lãnh đạo phòng, then lãnh đạo Văn phòng: who gives ký nháy, in this order."""
SO_PIN = "00000000"
"""Security officer's PIN of every demo token."""
