"""The words of the sample letters (công văn) and of the joint plan. All names are invented."""

from __future__ import annotations

from app.demo.drafts.letter import Letter, SignerBlock
from app.demo.people import AGENCY, CHIEF, DEPUTY, LEADER, PARTNER, PARTNER_AGENCY, PLACE

DIRECTOR = ("GIÁM ĐỐC",)
FOR_DIRECTOR = ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
BY_ORDER = ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")
JOINT_DIRECTOR = ("SỞ TƯ PHÁP", "GIÁM ĐỐC")
JOINT_PARTNER = ("SỞ NỘI VỤ", "GIÁM ĐỐC")

DIGITAL = Letter(
    abstract="tăng cường ký số và gửi, nhận văn bản điện tử",
    symbol="STP-VP",
    addressees=("Các phòng chuyên môn thuộc Sở", "Các đơn vị sự nghiệp thuộc Sở"),
    body=(
        "Thời gian qua, việc ký số và gửi, nhận văn bản điện tử tại Sở đã có nhiều chuyển biến "
        "tích cực, góp phần rút ngắn thời gian xử lý công việc và giảm văn bản giấy. Tuy nhiên, "
        "vẫn còn tình trạng trình ký song song bản giấy và bản điện tử, văn bản phát hành thiếu "
        "chữ ký số của người có thẩm quyền.",
        "Để khắc phục tình trạng trên, Giám đốc Sở yêu cầu Trưởng các phòng, Thủ trưởng các đơn vị "
        "thực hiện một số nội dung sau:",
        "1. Trình ký văn bản hoàn toàn trên Hệ thống quản lý văn bản và điều hành, trừ văn bản "
        "thuộc phạm vi bí mật nhà nước và văn bản bắt buộc phát hành bằng bản giấy.",
        "2. Kiểm tra thể thức, kỹ thuật trình bày theo Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 "
        "năm 2020 của Chính phủ về công tác văn thư trước khi trình lãnh đạo Sở.",
        "3. Giao Văn phòng Sở theo dõi, tổng hợp kết quả thực hiện, báo cáo Giám đốc Sở trước "
        "ngày 25 hằng tháng./.",
    ),
    signers=(SignerBlock(DIRECTOR, LEADER.common_name),),
    recipients=("Như trên", "Các Phó Giám đốc", "Lưu: VT, VP (03b)"),
)

DISSEMINATION = Letter(
    abstract="phối hợp tổ chức tuyên truyền, phổ biến pháp luật quý IV năm 2026",
    symbol="STP-PBGDPL",
    addressees=("Ủy ban nhân dân các huyện, thành phố",),
    body=(
        "Thực hiện Kế hoạch công tác phổ biến, giáo dục pháp luật năm 2026 của Hội đồng phối hợp "
        "phổ biến, giáo dục pháp luật tỉnh, Sở Tư pháp đề nghị Ủy ban nhân dân các huyện, thành "
        "phố phối hợp thực hiện các nội dung sau:",
        "1. Tổ chức ít nhất 02 hội nghị tuyên truyền về Luật Đất đai và các văn bản hướng dẫn thi "
        "hành cho cán bộ chủ chốt cấp xã, hoàn thành trước ngày 15 tháng 12 năm 2026.",
        "2. Rà soát, kiện toàn đội ngũ tuyên truyền viên pháp luật; gửi danh sách về Sở Tư pháp "
        "trước ngày 05 tháng 12 năm 2026 để ban hành quyết định công nhận.",
        "3. Bố trí kinh phí bảo đảm cho công tác phổ biến, giáo dục pháp luật theo quy định của "
        "Luật Ngân sách nhà nước.",
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh về Sở Tư pháp để "
        "được hướng dẫn, giải quyết./.",
    ),
    signers=(SignerBlock(FOR_DIRECTOR, DEPUTY.common_name),),
    recipients=("Như trên", "Giám đốc Sở (để b/c)", "Lưu: VT, PBGDPL"),
)

SURVEY = Letter(
    abstract="rà soát thủ tục hành chính thuộc phạm vi quản lý của Sở",
    symbol="STP-VP",
    addressees=("Các phòng, đơn vị thuộc Sở",),
    body=(
        "Thực hiện Kế hoạch kiểm soát thủ tục hành chính năm 2026, Sở Tư pháp yêu cầu các phòng, đơn "
        "vị rà soát thủ tục hành chính thuộc phạm vi quản lý, kiến nghị phương án đơn giản hóa.",
        "Mỗi thủ tục được rà soát theo thời hạn giải quyết, thành phần hồ sơ và việc ký số kết quả; "
        "số liệu tính đến hết tháng 10 năm 2026.",
        "Báo cáo gửi về Văn phòng Sở trước ngày 05 tháng 12 năm 2026 để tổng hợp./.",
    ),
    signers=(SignerBlock(DIRECTOR, LEADER.common_name),),
    recipients=("Như trên", "Các Phó Giám đốc", "Lưu: VT, VP"),
)

TRAINING = Letter(
    abstract="cử công chức tham gia tập huấn ký số năm 2026",
    symbol="STP-VP",
    addressees=("Các phòng, đơn vị thuộc Sở",),
    body=(
        "Thực hiện Kế hoạch bồi dưỡng kỹ năng số cho công chức năm 2026, Sở Tư pháp tổ chức lớp "
        "tập huấn về ký số và gửi, nhận văn bản điện tử.",
        "1. Thời gian: 02 ngày, từ 08 giờ 00 phút ngày 03 tháng 12 năm 2026.",
        "2. Thành phần: lãnh đạo phòng, đơn vị và công chức làm công tác văn thư, mỗi phòng, đơn vị "
        "02 người; danh sách gửi về Văn phòng Sở trước ngày 30 tháng 11 năm 2026.",
        "3. Người tham gia mang theo thiết bị lưu khóa bí mật đã được cấp./.",
    ),
    signers=(SignerBlock(DIRECTOR, LEADER.common_name),),
    recipients=("Như trên", "Giám đốc Sở (để b/c)", "Lưu: VT, VP"),
)

ARCHIVE = Letter(
    abstract="nộp lưu hồ sơ, tài liệu năm 2025 vào Lưu trữ cơ quan",
    symbol="STP-VP",
    date_line=f"{PLACE}, ngày{' ' * 8}tháng 11 năm 2026",
    addressees=("Các phòng chuyên môn thuộc Sở",),
    body=(
        "Căn cứ Quy chế công tác văn thư, lưu trữ của Sở, Văn phòng Sở đề nghị các phòng hoàn thiện "
        "hồ sơ công việc năm 2025 và nộp lưu vào Lưu trữ cơ quan theo quy định.",
        "Hồ sơ nộp lưu gồm hồ sơ giấy và hồ sơ điện tử; mục lục hồ sơ lập theo mẫu gửi kèm trên Hệ "
        "thống quản lý văn bản và điều hành. Hồ sơ điện tử phải có đủ chữ ký số của người có thẩm "
        "quyền và của cơ quan.",
        "Thời hạn nộp lưu: chậm nhất là ngày 20 tháng 12 năm 2026. Mọi thông tin liên hệ bộ phận "
        "văn thư, lưu trữ (Văn phòng Sở) để được hướng dẫn./.",
    ),
    signers=(SignerBlock(BY_ORDER, CHIEF.common_name),),
    recipients=("Như trên", "Ban Giám đốc (để b/c)", "Lưu: VT"),
)

WITH_ANNEX = Letter(
    abstract="cung cấp số liệu phục vụ báo cáo công tác tư pháp năm 2026",
    symbol="STP-VP",
    number_line="Số: ............../STP-VP",
    date_line=f"{PLACE}, ngày ........ tháng ........ năm 2026",
    addressees=("Phòng Tư pháp các huyện, thành phố",),
    body=(
        "Để có cơ sở xây dựng báo cáo tổng kết công tác tư pháp năm 2026 và phương hướng, nhiệm vụ "
        "năm 2027, Sở Tư pháp đề nghị Phòng Tư pháp các huyện, thành phố cung cấp số liệu theo đề "
        "cương và biểu mẫu tại Phụ lục kèm theo Công văn này.",
        "Báo cáo gửi về Sở Tư pháp trước ngày 10 tháng 12 năm 2026 qua Hệ thống quản lý văn bản và "
        "điều hành. Số liệu tính từ ngày 01 tháng 12 năm 2025 đến hết ngày 30 tháng 11 năm 2026.",
        "Đề nghị Phòng Tư pháp các huyện, thành phố quan tâm, phối hợp thực hiện./.",
    ),
    signers=(SignerBlock(DIRECTOR, LEADER.common_name),),
    recipients=("Như trên", "Các Phó Giám đốc", "Lưu: VT, VP"),
)

SECRET = Letter(
    abstract="xác minh thông tin phục vụ công tác bảo vệ bí mật nhà nước",
    symbol="STP-TTr",
    mark="MẬT",
    addressees=("Công an tỉnh Thử Nghiệm",),
    body=(
        "Đây là văn bản mẫu mang độ mật. Theo quy định, văn bản thuộc phạm vi bí mật nhà nước không "
        "được ký số và không được gửi qua Hệ thống quản lý văn bản và điều hành.",
        "Phần mềm ký số phải từ chối văn bản này và không tải nội dung về máy./.",
    ),
    signers=(SignerBlock(DIRECTOR, LEADER.common_name),),
    recipients=("Như trên", "Lưu: VT, TTr (02b)"),
)

URGENT = Letter(
    abstract="ứng phó khẩn cấp với bão số 12 và mưa lũ",
    symbol="STP-VP",
    mark="HỎA TỐC",
    addressees=("Các phòng, đơn vị thuộc Sở",),
    body=(
        "Thực hiện Công điện của Chủ tịch Ủy ban nhân dân tỉnh về ứng phó khẩn cấp với bão số 12, "
        "Giám đốc Sở yêu cầu các phòng, đơn vị:",
        "1. Tổ chức trực 24/24 giờ từ 12 giờ 00 phút hôm nay đến khi có thông báo mới; danh sách "
        "trực gửi về Văn phòng Sở trước 11 giờ 00 phút.",
        "2. Di chuyển hồ sơ, tài liệu, máy chủ và thiết bị lên tầng cao; ngắt nguồn điện tại các "
        "khu vực có nguy cơ ngập.",
        "3. Báo cáo ngay lãnh đạo Sở khi có tình huống phát sinh qua số điện thoại đường dây nóng "
        "của Văn phòng Sở./.",
    ),
    signers=(SignerBlock(FOR_DIRECTOR, DEPUTY.common_name),),
    recipients=("Như trên", "Giám đốc Sở (để b/c)", "Lưu: VT, VP"),
)

JOINT_PLAN = Letter(
    abstract="Phối hợp bồi dưỡng nghiệp vụ pháp chế và văn thư, lưu trữ năm 2027",
    heading="KẾ HOẠCH LIÊN TỊCH",
    symbol="KHLT-STP-SNV",
    agencies=(AGENCY.upper().removesuffix(" TỈNH THỬ NGHIỆM") + " - SỞ NỘI VỤ",),
    body=(
        "Căn cứ nhu cầu bồi dưỡng nghiệp vụ của đội ngũ công chức pháp chế và văn thư, lưu trữ trên "
        f"địa bàn tỉnh, {AGENCY} và {PARTNER_AGENCY} thống nhất ban hành Kế hoạch phối hợp như sau:",
        "1. Mục đích: nâng cao kỹ năng soạn thảo, kiểm tra văn bản và quản lý văn bản điện tử.",
        "2. Nội dung: tổ chức 03 lớp bồi dưỡng trong quý I và quý II năm 2027, mỗi lớp không quá "
        "80 học viên, thời gian 02 ngày.",
        "3. Phân công: Sở Tư pháp chuẩn bị nội dung, báo cáo viên; Sở Nội vụ triệu tập học viên, "
        "bố trí hội trường và thanh quyết toán kinh phí./.",
    ),
    signers=(
        SignerBlock(JOINT_DIRECTOR, LEADER.common_name),
        SignerBlock(JOINT_PARTNER, PARTNER.common_name),
    ),
    recipients=("UBND tỉnh (để b/c)", "Các sở, ban, ngành", "Lưu: VT (STP, SNV)"),
)
