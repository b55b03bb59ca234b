"""The drafts that wait in the demo office, and as many more as a load test asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.demo.drafts import decisions, letters
from app.demo.drafts.annex import STATISTICS
from app.demo.drafts.letter import Letter, SignerBlock
from app.demo.drafts.letters import BY_ORDER, DIRECTOR, FOR_DIRECTOR, JOINT_DIRECTOR, JOINT_PARTNER
from app.demo.drafts.scans import (
    INCOMING_ABSTRACT,
    INCOMING_SENDER,
    PLAN_ABSTRACT,
    build_incoming,
    build_long_scan,
)
from app.demo.drafts.slip import SLIP
from app.demo.drafts.spec import DraftFile, DraftSigner, DraftSpec, IncomingSpec
from app.demo.drafts.word import write_word
from app.demo.people import CHIEF, DEPUTY, INITIALLERS, LEADER, PARTNER, SPECIALIST
from app.workflow.documents import GivenPlace, Secrecy, Urgency

_LEADER = (DraftSigner(LEADER, DIRECTOR),)
_DEPUTY = (DraftSigner(DEPUTY, FOR_DIRECTOR),)
_OFFICE = "Văn phòng Sở"

_TOPICS = (
    "rà soát văn bản quy phạm pháp luật",
    "báo cáo công tác hòa giải ở cơ sở",
    "tập huấn nghiệp vụ hộ tịch",
    "kiểm tra công tác theo dõi thi hành pháp luật",
    "cung cấp thông tin lý lịch tư pháp",
    "góp ý dự thảo Quyết định của Ủy ban nhân dân tỉnh",
    "đăng ký nhu cầu trợ giúp pháp lý",
)
_PLACES = ("An Bình", "Bình Minh", "Cát Lợi", "Đông Hòa", "Hưng Thịnh", "Minh Họa", "Phú Xuân")


def sample_drafts() -> tuple[DraftSpec, ...]:
    """Return the ten sample drafts; building their files takes about three seconds."""
    return (
        _draft("cong-van", letters.DIGITAL, "Công văn", _LEADER, _OFFICE),
        _draft("quyet-dinh", decisions.REGULATION, "Quyết định", _LEADER, _OFFICE),
        _draft(
            "cong-van-kt",
            letters.DISSEMINATION,
            "Công văn",
            _DEPUTY,
            "Phòng Phổ biến, giáo dục pháp luật",
            places=(
                GivenPlace("f1", "personal", 0, (121.0, 190.5, 161.0, 210.5), DEPUTY.common_name),
            ),
        ),
        _draft(
            "cong-van-tl", letters.ARCHIVE, "Công văn", (DraftSigner(CHIEF, BY_ORDER),), _OFFICE
        ),
        _draft(
            "ke-hoach-lien-tich",
            letters.JOINT_PLAN,
            "Kế hoạch",
            (DraftSigner(LEADER, JOINT_DIRECTOR), DraftSigner(PARTNER, JOINT_PARTNER)),
            "Phòng Xây dựng và kiểm tra văn bản",
        ),
        _draft(
            "cong-van-phu-luc",
            letters.WITH_ANNEX,
            "Công văn",
            _LEADER,
            _OFFICE,
            attachments=(DraftFile("phu-luc-bieu-mau.pdf", STATISTICS.build),),
            dossier_code="000.00.01.H99-261122-0007",
            receipt_number="BN-0007/2026",
        ),
        _draft(
            "phieu-trinh",
            SLIP,
            "Phiếu trình",
            tuple(
                DraftSigner(holder, (holder.title or "",))
                for holder in (SPECIALIST, CHIEF, DEPUTY, LEADER)
            ),
            _OFFICE,
        ),
        _draft(
            "cong-van-mat",
            letters.SECRET,
            "Công văn",
            _LEADER,
            "Thanh tra Sở",
            secrecy=Secrecy.CONFIDENTIAL,
            paper_only=True,
        ),
        DraftSpec(
            key="ke-hoach-scan",
            abstract=PLAN_ABSTRACT,
            kind_name="Kế hoạch",
            symbol="KH-STP",
            signers=_LEADER,
            files=(DraftFile("ke-hoach-scan.pdf", build_long_scan),),
            recipients=("UBND tỉnh (để b/c)", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, VP"),
            drafting_unit=_OFFICE,
            deadline_days=10,
        ),
        _draft(
            "cong-van-hoa-toc",
            letters.URGENT,
            "Công văn",
            _DEPUTY,
            _OFFICE,
            urgency=Urgency.EXPRESS,
            deadline_days=0,
        ),
    )


def word_draft() -> DraftSpec:
    """Return the draft that comes as a Word file, for a machine that can convert it."""
    letter = letters.TRAINING
    return replace(
        _draft("cong-van-word", letter, "Công văn", _LEADER, _OFFICE),
        files=(DraftFile("cong-van-word.docx", lambda path: write_word(letter, path)),),
    )


def initialled_draft() -> DraftSpec:
    """Return the draft that the head of division and the head of office see before the leader."""
    draft = _draft(
        "cong-van-ky-nhay", letters.SURVEY, "Công văn", _LEADER, "Phòng Kiểm soát thủ tục"
    )
    return replace(draft, initiallers=INITIALLERS)


def paper_copy() -> DraftSpec:
    """Return the scan of another agency's paper, signed by hand, that the clerk sends on as a copy (sao y)."""
    return DraftSpec(
        key="sao-y",
        abstract=f"Sao y: {INCOMING_ABSTRACT}",
        kind_name="Bản sao",
        symbol="SY-STP",
        signers=(),
        files=(DraftFile("sao-y-412-ubnd-tp.pdf", build_incoming),),
        recipients=("Các phòng, đơn vị thuộc Sở", "Lưu: VT"),
        drafting_unit=_OFFICE,
    )


def sample_incoming() -> tuple[IncomingSpec, ...]:
    """Return the documents that other agencies have sent and the clerk registers."""
    return (
        IncomingSpec(
            key="van-ban-den",
            abstract=INCOMING_ABSTRACT,
            kind_name="Công văn",
            number="412/UBND-TP",
            issue_date=date(2026, 11, 18),
            sender=INCOMING_SENDER,
            file=DraftFile("412-ubnd-tp.pdf", build_incoming),
        ),
    )


def more_drafts(count: int) -> tuple[DraftSpec, ...]:
    """Return that many simple letters, the same for the same index; a file takes some 20 ms."""
    return tuple(_numbered(index) for index in range(count))


def _numbered(index: int) -> DraftSpec:
    topic = _TOPICS[index % len(_TOPICS)]
    place = _PLACES[index // len(_TOPICS) % len(_PLACES)]
    signers = _LEADER if index % 3 else _DEPUTY
    day = index % 20 + 5
    letter = Letter(
        abstract=f"{topic} (đợt {index + 1})",
        symbol="STP-VP",
        addressees=(f"Ủy ban nhân dân huyện {place}",),
        body=(
            f"Thực hiện Chương trình công tác năm 2026, Sở Tư pháp đề nghị Ủy ban nhân dân huyện "
            f"{place} phối hợp {topic} đợt {index + 1} trên địa bàn.",
            f"Kết quả gửi về Sở Tư pháp trước ngày {day:02} tháng 12 năm 2026 qua Hệ thống quản lý "
            "văn bản và điều hành để tổng hợp, báo cáo Ủy ban nhân dân tỉnh.",
            "Rất mong nhận được sự phối hợp của quý cơ quan./.",
        ),
        signers=tuple(SignerBlock(one.title_lines, one.holder.common_name) for one in signers),
        recipients=("Như trên", "Giám đốc Sở (để b/c)", "Lưu: VT, VP"),
    )
    return _draft(f"cong-van-{index + 1:05}", letter, "Công văn", signers, _OFFICE)


def _draft(
    key: str,
    letter: Letter,
    kind_name: str,
    signers: tuple[DraftSigner, ...],
    drafting_unit: str,
    *,
    attachments: Sequence[DraftFile] = (),
    urgency: Urgency = Urgency.NORMAL,
    secrecy: Secrecy = Secrecy.NONE,
    paper_only: bool = False,
    deadline_days: int = 5,
    dossier_code: str | None = None,
    receipt_number: str | None = None,
    places: tuple[GivenPlace, ...] = (),
) -> DraftSpec:
    return DraftSpec(
        key=key,
        abstract=letter.abstract,
        kind_name=kind_name,
        symbol=letter.symbol,
        signers=signers,
        files=(DraftFile(f"{key}.pdf", letter.build), *attachments),
        recipients=letter.recipients,
        drafting_unit=drafting_unit,
        urgency=urgency,
        secrecy=secrecy,
        paper_only=paper_only,
        deadline_days=deadline_days,
        dossier_code=dossier_code,
        receipt_number=receipt_number,
        places=places,
    )
