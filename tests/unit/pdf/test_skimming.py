"""Facts about the quick look at a page's bare text."""

from __future__ import annotations

import pytest

from pdf.skimming import opens_appendix


@pytest.mark.parametrize(
    "head",
    [
        ["2", "PHỤ LỤC", "DANH SÁCH CÁC ĐƠN VỊ"],
        ["Phụ lục II", "(Kèm theo Công văn số 12/SNV-VP)"],
        ["QUY TRÌNH", "Ký số và phát hành văn bản", "(Kèm theo Văn bản số /SNN-VP)"],
        ["DANH SÁCH", "(Ban hành kèm theo Quyết định số 12/QĐ-UBND)"],
        ["BIỂU MẪU 01"],
        ["Mẫu số 05/BB-XLVP"],
        ["PHỤ LỤC III DANH MỤC VĂN BẢN"],
        ["Phụ lục 2. Danh mục văn bản"],
    ],
)
def test_a_named_or_attached_heading_opens_an_appendix(head: list[str]) -> None:
    assert opens_appendix(head)


@pytest.mark.parametrize(
    "head",
    [
        [],
        ["các đơn vị thực hiện", "(Kèm theo Công văn số 12/SNV-VP)"],
        ["(Kèm theo danh sách)", "ĐIỀU KHOẢN THI HÀNH"],
        ["Phụ lục của Nghị định này quy định chi tiết"],
        ["TRÁCH NHIỆM CỦA THỦ TRƯỞNG ĐƠN VỊ"],
    ],
)
def test_body_text_opens_none(head: list[str]) -> None:
    assert not opens_appendix(head)
