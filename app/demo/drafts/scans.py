"""The scanned samples: a long plan with its annexes, and a letter from another agency."""

from __future__ import annotations

import tempfile
from pathlib import Path

from app.demo.drafts.letter import DATE_BLANK, NUMBER_BLANK, SIGNING_GAP_MM
from app.demo.drafts.scan import BOLD, ITALIC, Line, Picture, ScanPage, write_scan
from app.demo.images import SEAL_MM, SIGNATURE_MM, Seal, draw_seal, draw_signature
from app.demo.people import AGENCY, DEPUTY, LEADER

SCAN_PAGES = 20
PLAN_ABSTRACT = "Cải cách hành chính và chuyển đổi số của Sở Tư pháp giai đoạn 2027 - 2030"
INCOMING_ABSTRACT = "đề nghị hướng dẫn nghiệp vụ chứng thực điện tử"
INCOMING_SENDER = "Ủy ban nhân dân huyện Minh Họa"

_GRAIN = 22
_LEFT_CENTRE_MM, _RIGHT_CENTRE_MM, _SIGNER_CENTRE_MM = 64.0, 144.0, 147.0
_TASKS = (
    "Rà soát, đơn giản hóa thủ tục hành chính thuộc phạm vi quản lý; cắt giảm tối thiểu 20% thời "
    "gian giải quyết so với quy định; công khai kết quả trên Cổng dịch vụ công.",
    "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính; bảo đảm dữ liệu hộ tịch được chuẩn hóa, "
    "làm sạch và kết nối với Cơ sở dữ liệu quốc gia về dân cư.",
    "Tổ chức đào tạo, bồi dưỡng kỹ năng số cho công chức, viên chức; phấn đấu 100% công chức sử "
    "dụng thành thạo chữ ký số trong xử lý công việc.",
    "Tăng cường kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính; gắn kết quả thực hiện với "
    "đánh giá, xếp loại và thi đua, khen thưởng hằng năm.",
    "Bảo đảm an toàn thông tin theo cấp độ; sao lưu dữ liệu định kỳ hằng tuần; diễn tập ứng cứu sự "
    "cố mỗi năm ít nhất một lần.",
)


def build_long_scan(path: Path) -> None:
    """Write the plan of `SCAN_PAGES` pages as a scan of about 23 MB."""
    write_scan(path, [_plan_page(page) for page in range(1, SCAN_PAGES + 1)], PLAN_ABSTRACT, _GRAIN)


def build_incoming(path: Path) -> None:
    """Write another agency's letter, signed and sealed on paper, as a scan."""
    with tempfile.TemporaryDirectory() as scratch:
        signature, seal = Path(scratch, "signature.png"), Path(scratch, "seal.png")
        draw_signature(DEPUTY.key, signature)
        draw_seal(seal, Seal("TỈNH THỬ NGHIỆM - HUYỆN MINH HỌA", ("ỦY BAN", "NHÂN DÂN")))
        write_scan(path, [_incoming_page(signature, seal)], INCOMING_ABSTRACT)


def _plan_page(page: int) -> ScanPage:
    number = () if page == 1 else (Line(105, 14, str(page)),)
    if page == 1:
        head = _head(
            "UBND TỈNH THỬ NGHIỆM", AGENCY.upper(), f"Số:{NUMBER_BLANK}/KH-STP", DATE_BLANK
        )
        title = (
            Line(105, 56, "KẾ HOẠCH", BOLD, 14),
            Line(105, 62.5, "Cải cách hành chính và chuyển đổi số", BOLD, 14),
            Line(105, 69, "của Sở Tư pháp giai đoạn 2027 - 2030", BOLD, 14),
        )
        return ScanPage((*head, *title), tuple(_paragraphs(page, 13)), 82)
    if page == SCAN_PAGES:
        return ScanPage((*number, *_signer(72, ("GIÁM ĐỐC",), LEADER.common_name)), _closing())
    return ScanPage(number, tuple(_paragraphs(page, 16)), 26)


def _incoming_page(signature: Path, seal: Path) -> ScanPage:
    date_line = "Minh Họa, ngày 18 tháng 11 năm 2026"
    head = _head("UBND TỈNH THỬ NGHIỆM", "UBND HUYỆN MINH HỌA", "Số: 412/UBND-TP", date_line)
    about = (
        Line(_LEFT_CENTRE_MM, 47, "V/v đề nghị hướng dẫn nghiệp vụ", size_pt=12.5),
        Line(_LEFT_CENTRE_MM, 52, "chứng thực điện tử", size_pt=12.5),
        Line(105, 66, f"Kính gửi: {AGENCY}.", size_pt=14),
    )
    body = (
        "Thực hiện nhiệm vụ triển khai chứng thực bản sao điện tử từ bản chính, Ủy ban nhân dân "
        "huyện Minh Họa gặp một số khó khăn, vướng mắc về quy trình ký số của người thực hiện chứng "
        "thực và của cơ quan.",
        f"Ủy ban nhân dân huyện Minh Họa đề nghị {AGENCY} hướng dẫn nghiệp vụ và tổ chức tập huấn "
        "cho công chức Tư pháp - Hộ tịch cấp xã trong tháng 12 năm 2026.",
        "Rất mong nhận được sự quan tâm, hướng dẫn của quý cơ quan./.",
    )
    top_mm = 132.0
    centre_mm = top_mm + 5.6 + SIGNING_GAP_MM / 2
    left_mm = _SIGNER_CENTRE_MM - SIGNATURE_MM[0] / 2
    seal_mm = left_mm + SIGNATURE_MM[0] / 3 - SEAL_MM / 2
    pictures = (
        Picture(signature, _SIGNER_CENTRE_MM, centre_mm, SIGNATURE_MM[0]),
        Picture(seal, seal_mm, centre_mm, SEAL_MM),
    )
    signer = _signer(top_mm, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Đỗ Thị Mai")
    return ScanPage((*head, *about, *signer), body, 78, pictures)


def _head(parent: str, agency: str, number: str, date_line: str) -> tuple[Line, ...]:
    return (
        Line(_LEFT_CENTRE_MM, 25, parent, size_pt=12),
        Line(_LEFT_CENTRE_MM, 30.5, agency, BOLD, 12),
        Line(_LEFT_CENTRE_MM, 31.6, "_" * 12, size_pt=10),
        Line(_RIGHT_CENTRE_MM, 25, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD, 12),
        Line(_RIGHT_CENTRE_MM, 30.5, "Độc lập - Tự do - Hạnh phúc", BOLD, 13),
        Line(_RIGHT_CENTRE_MM, 31.6, "_" * 35, size_pt=10),
        Line(_LEFT_CENTRE_MM, 41, number),
        Line(_RIGHT_CENTRE_MM, 41, date_line, ITALIC, 13.5),
    )


def _signer(top_mm: float, title_lines: tuple[str, ...], name: str) -> tuple[Line, ...]:
    titles = tuple(
        Line(_SIGNER_CENTRE_MM, top_mm + 5.6 * index, text, BOLD, 14)
        for index, text in enumerate(title_lines)
    )
    name_mm = titles[-1].y_mm + SIGNING_GAP_MM + 3.3
    return (*titles, Line(_SIGNER_CENTRE_MM, name_mm, name, BOLD, 14))


def _paragraphs(page: int, count: int) -> list[str]:
    return [f"{page}.{index + 1}. {_TASKS[(page + index) % len(_TASKS)]}" for index in range(count)]


def _closing() -> tuple[str, ...]:
    return (
        "Trưởng các phòng, Thủ trưởng các đơn vị thuộc Sở căn cứ Kế hoạch này xây dựng kế hoạch cụ "
        "thể hằng năm của đơn vị, gửi Văn phòng Sở trước ngày 15 tháng 01 hằng năm.",
        "Văn phòng Sở chủ trì theo dõi, đôn đốc, kiểm tra việc thực hiện; tổng hợp, báo cáo Giám đốc "
        "Sở và Ủy ban nhân dân tỉnh theo quy định.",
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các phòng, đơn vị phản ánh về Văn "
        "phòng Sở để tổng hợp, trình Giám đốc Sở xem xét, quyết định./.",
    )
