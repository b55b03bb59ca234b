"""What the letters of the bed are made of: agencies, places, titles, names, sentences."""

from __future__ import annotations

AGENCIES = (
    ("ỦY BAN NHÂN DÂN", "TỈNH TUYÊN QUANG", "SỞ NÔNG NGHIỆP VÀ PTNT"),
    ("TỔNG CỤC THI HÀNH ÁN DÂN SỰ", "CỤC THI HÀNH ÁN DÂN SỰ", "TỈNH HẬU GIANG"),
    ("UBND TỈNH BÌNH PHƯỚC", "SỞ TƯ PHÁP"),
    ("BẢO HIỂM XÃ HỘI VIỆT NAM",),
    ("BỘ KHOA HỌC VÀ CÔNG NGHỆ",),
    (
        "UBND THÀNH PHỐ HỒ CHÍ MINH",
        "BAN QUẢN LÝ KHU CÔNG NGHỆ CAO",
        "TRUNG TÂM ƯƠM TẠO DOANH NGHIỆP",
    ),
    ("BỘ TÀI CHÍNH", "CỤC THUẾ NHÀ NƯỚC KHU VỰC MIỀN NÚI PHÍA BẮC"),
)
SYMBOLS = (
    "QĐ-ABC",
    "KH-UBND",
    "CTHADS-VP",
    "SNN-VP",
    "BC-STP",
    "TTr-BQLDA",
    "BHXH-VP",
    "TB-VPUBND",
    "UBND-ĐTXD&KH",
    "2026/QĐ-UBND",
    "NQ-HĐND",
    "BKHCN-CĐSQG",
)
PLACES = (
    "Hà Nội",
    "Tuyên Quang",
    "Hậu Giang",
    "Bình Phước",
    "Thành phố Hồ Chí Minh",
    "Thừa Thiên Huế",
    "Bà Rịa - Vũng Tàu",
    "Đắk Lắk",
    "Quận 1",
)
NAMES = (
    "Nguyễn Công Hàm",
    "Nguyễn Thị Thược",
    "Nguyễn Đình Khương",
    "Ksor H'Bơ Khăp",
    "Lê Văn Ấu",
    "Trần Thị Ngọc Ánh",
    "Đỗ Ý",
    "Phạm Nguyễn Quỳnh Như",
    "Vũ Hoàng Oanh",
    "Y Bhiông Niê Kđăm",
    "Hoàng Quốc Việt",
    "Tôn Nữ Thị Ninh",
    "Bùi Thị Hoà",
    "Đặng Thị Hồng Loan",
)
TITLES = (
    ("GIÁM ĐỐC",),
    ("CỤC TRƯỞNG",),
    ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    ("TL. CỤC TRƯỞNG", "CHÁNH VĂN PHÒNG"),
    ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ TƯ PHÁP"),
    ("Q. CỤC TRƯỞNG",),
    ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"),
    ("TL. BỘ TRƯỞNG", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    ("TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH"),
    ("VIỆN TRƯỞNG",),
    ("HIỆU TRƯỞNG",),
    ("TỔNG CỤC TRƯỞNG",),
    ("KT. TỔNG GIÁM ĐỐC", "PHÓ TỔNG GIÁM ĐỐC"),
    ("LÃNH ĐẠO ĐƠN VỊ",),
    ("THỦ TRƯỞNG CƠ QUAN",),
)
LONG_TITLES = (
    ("GIÁM ĐỐC TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG VÀ KIỂM SOÁT THỦ TỤC HÀNH CHÍNH",),
    ("TL. BỘ TRƯỞNG", "CỤC TRƯỞNG CỤC KIỂM TRA VĂN BẢN VÀ QUẢN LÝ XỬ LÝ VI PHẠM HÀNH CHÍNH"),
    (
        "TUQ. CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ",
        "KT. GIÁM ĐỐC SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN",
        "PHÓ GIÁM ĐỐC",
    ),
    ("TM. BAN CHỈ ĐẠO PHÒNG, CHỐNG THIÊN TAI VÀ TÌM KIẾM CỨU NẠN", "TRƯỞNG BAN"),
)
SIDE_TITLES = (
    ("NGƯỜI LẬP BIỂU",),
    ("KẾ TOÁN TRƯỞNG",),
    ("ĐẠI DIỆN BÊN A",),
    ("THƯ KÝ",),
    ("KT. BỘ TRƯỞNG", "BỘ TÀI CHÍNH", "THỨ TRƯỞNG"),
    ("TRƯỞNG PHÒNG", "TỔ CHỨC - HÀNH CHÍNH"),
)
NOTES = ("(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)", "(Chữ ký, dấu)")
RECIPIENTS = (
    "- Như trên;",
    "- UBND tỉnh (báo cáo);",
    "- Các sở, ban, ngành, đoàn thể trong tỉnh;",
    "- UBND các huyện, thị xã, thành phố;",
    "- Lãnh đạo Sở;",
    "- Cổng thông tin điện tử;",
    "- Như Điều 3;",
    "- Bộ trưởng (để báo cáo);",
)
SUBJECTS = (
    "V/v triển khai sử dụng chữ ký số chuyên dùng Chính phủ",
    "V/v tăng cường sử dụng Phần mềm quản lý văn bản và áp dụng ký số trên môi trường điện tử",
    "V/v báo cáo kết quả thực hiện nhiệm vụ quý III",
)
SENTENCES = (
    "Thực hiện Quyết định số 28/2018/QĐ-TTg ngày 12/7/2018 của Thủ tướng Chính phủ về việc gửi, nhận văn bản điện"
    " tử giữa các cơ quan trong hệ thống hành chính nhà nước;",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư, cơ quan yêu cầu"
    " các phòng, đơn vị trực thuộc thực hiện nghiêm túc các nội dung sau đây:",
    "Trong quá trình triển khai thực hiện, nếu có khó khăn, vướng mắc, đề nghị các đơn vị phản ánh về Văn phòng để"
    " tổng hợp, báo cáo cấp có thẩm quyền xem xét, giải quyết theo quy định.",
    "Giao Văn phòng theo dõi, đôn đốc, hướng dẫn các phòng, đơn vị triển khai thực hiện; báo cáo kết quả trước ngày"
    " 15 hằng tháng.",
    "Kinh phí thực hiện được bố trí trong dự toán chi thường xuyên năm 2026 và các nguồn kinh phí hợp pháp khác.",
    "Căn cứ Kế hoạch số ……/KH-BCĐ ngày …… tháng …… năm 2026 của Ban Chỉ đạo về chuyển đổi số.",
)
HEADINGS = (
    "I. MỤC ĐÍCH, YÊU CẦU",
    "II. TỔ CHỨC THỰC HIỆN",
    "III. TRÁCH NHIỆM CỦA THỦ TRƯỞNG ĐƠN VỊ",
    "Điều 2. Trách nhiệm thi hành",
)
