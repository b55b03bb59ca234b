"""The words of the sample decision, two pages long."""

from __future__ import annotations

from app.demo.drafts.letter import Letter, SignerBlock
from app.demo.drafts.letters import DIRECTOR
from app.demo.people import LEADER

REGULATION = Letter(
    abstract="Ban hành Quy chế quản lý, sử dụng chữ ký số của Sở Tư pháp tỉnh Thử Nghiệm",
    heading="QUYẾT ĐỊNH",
    symbol="QĐ-STP",
    body=(
        "^<b>GIÁM ĐỐC SỞ TƯ PHÁP TỈNH THỬ NGHIỆM</b>",
        "<i>Căn cứ Luật Giao dịch điện tử ngày 22 tháng 6 năm 2023;</i>",
        "<i>Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác "
        "văn thư;</i>",
        "<i>Căn cứ Quyết định của Ủy ban nhân dân tỉnh Thử Nghiệm quy định chức năng, nhiệm vụ, "
        "quyền hạn và cơ cấu tổ chức của Sở Tư pháp;</i>",
        "<i>Theo đề nghị của Chánh Văn phòng Sở.</i>",
        "^<b>QUYẾT ĐỊNH:</b>",
        "<b>Điều 1.</b> Ban hành kèm theo Quyết định này Quy chế quản lý, sử dụng chữ ký số của Sở "
        "Tư pháp tỉnh Thử Nghiệm với những nội dung chủ yếu sau đây:",
        "1. Chữ ký số cá nhân của người có thẩm quyền có màu xanh, đặt giữa chức vụ và họ tên; chữ "
        "ký số của cơ quan có màu đỏ, kích thước bằng kích thước thực tế của con dấu, trùm lên "
        "khoảng một phần ba hình ảnh chữ ký của người có thẩm quyền về bên trái.",
        "2. Văn bản điện tử chỉ có giá trị như bản gốc văn bản giấy khi có đủ chữ ký số của người "
        "có thẩm quyền và chữ ký số của cơ quan. Văn thư kiểm tra chữ ký số của người có thẩm "
        "quyền trước khi cấp số, ngày tháng và đóng dấu.",
        "3. Thiết bị lưu khóa bí mật của cơ quan do văn thư quản lý, sử dụng tại trụ sở cơ quan; "
        "việc bàn giao phải được lập thành biên bản và có văn bản cho phép của Giám đốc Sở.",
        "4. Nghiêm cấm chia sẻ mật khẩu của thiết bị lưu khóa bí mật, ký thay bằng thiết bị của "
        "người khác, hoặc sửa đổi nội dung văn bản sau khi đã ký số.",
        "<b>Điều 2.</b> Quyết định này có hiệu lực kể từ ngày ký. Các quy định trước đây của Sở "
        "trái với Quyết định này đều bãi bỏ.",
        "<b>Điều 3.</b> Chánh Văn phòng Sở có trách nhiệm hướng dẫn, đôn đốc, kiểm tra việc thực "
        "hiện; định kỳ trước ngày 15 tháng 12 hằng năm tổng hợp, báo cáo Giám đốc Sở.",
        "<b>Điều 4.</b> Chánh Văn phòng Sở, Trưởng các phòng, Thủ trưởng các đơn vị thuộc Sở và các "
        "cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./.",
    ),
    signers=(SignerBlock(DIRECTOR, LEADER.common_name),),
    recipients=("Như Điều 4", "UBND tỉnh (để b/c)", "Các Phó Giám đốc", "Lưu: VT, VP"),
)
