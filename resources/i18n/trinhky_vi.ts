<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi">
<context>
    <name>AuthorityRow</name>
    <message>
        <source>Valid {start} – {end}</source>
        <translation>Hiệu lực {start} – {end}</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Tắt</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>Bật lại</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Gỡ</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>Đang tắt</translation>
    </message>
    <message>
        <source>Not as published</source>
        <translation>Không như công bố</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Đã hết hạn</translation>
    </message>
    <message>
        <source>Trusted</source>
        <translation>Đang tin</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>Đã biết</translation>
    </message>
</context>
<context>
    <name>BlankRow</name>
    <message>
        <source>Place: {blank}</source>
        <translation>Đặt ô: {blank}</translation>
    </message>
    <message>
        <source>Remove: {blank}</source>
        <translation>Bỏ ô: {blank}</translation>
    </message>
    <message>
        <source>{blank}: on page {page}</source>
        <translation>{blank}: ở trang {page}</translation>
    </message>
    <message>
        <source>{blank} (required)</source>
        <translation>{blank} (bắt buộc)</translation>
    </message>
    <message>
        <source>Click the page…</source>
        <translation>Bấm vào trang…</translation>
    </message>
    <message>
        <source>Place again</source>
        <translation>Đặt lại</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Đặt</translation>
    </message>
</context>
<context>
    <name>BlanksCard</name>
    <message>
        <source>Place the blanks</source>
        <translation>Đặt các ô trống</translation>
    </message>
    <message>
        <source>Press Place, then click the page where the clerk shall fill it in. Drag it, or move it with the arrow keys. Day and month only where the draft leaves them open.</source>
        <translation>Bấm Đặt, rồi bấm vào chỗ trên trang mà văn thư sẽ điền. Kéo ô, hoặc dời ô bằng các phím mũi tên. Chỉ đặt ô ngày và tháng khi dự thảo còn để trống.</translation>
    </message>
    <message>
        <source>Click the page, or go to the page area and press Enter.</source>
        <translation>Bấm vào trang, hoặc chuyển tới vùng trang rồi nhấn Enter.</translation>
    </message>
</context>
<context>
    <name>CheckRow</name>
    <message>
        <source>Good</source>
        <translation>Tốt</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Lưu ý</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Lỗi</translation>
    </message>
</context>
<context>
    <name>CheckingPanel</name>
    <message>
        <source>Check many files</source>
        <translation>Kiểm tra nhiều tệp</translation>
    </message>
    <message>
        <source>Only what is not valid</source>
        <translation>Chỉ hiện tệp chưa hợp lệ</translation>
    </message>
    <message>
        <source>Files that were checked</source>
        <translation>Các tệp đã kiểm tra</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Stop checking; what is done is kept</source>
        <translation>Dừng kiểm tra; kết quả đã có được giữ lại</translation>
    </message>
    <message>
        <source>Check a folder…</source>
        <translation>Kiểm tra thư mục…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Check a folder</source>
        <translation>Kiểm tra thư mục</translation>
    </message>
    <message>
        <source>Looking for PDF files…</source>
        <translation>Đang tìm tệp PDF…</translation>
    </message>
    <message>
        <source>Checking: {done} of {total}</source>
        <translation>Đang kiểm tra: {done}/{total}</translation>
    </message>
    <message>
        <source>Stopped: {done} of {total} files were checked.</source>
        <translation>Đã dừng: kiểm tra được {done}/{total} tệp.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) checked.</source>
        <translation>
            <numerusform>Đã kiểm tra %n tệp.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Choosing</name>
    <message>
        <source>Looking for your token</source>
        <translation>Đang tìm thiết bị ký</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>Cancel: nothing is signed</source>
        <translation>Hủy, không ký văn bản nào</translation>
    </message>
    <message>
        <source>Nothing is signed (Esc)</source>
        <translation>Không ký văn bản nào (Esc)</translation>
    </message>
    <message>
        <source>Looking for your token…</source>
        <translation>Đang tìm thiết bị ký…</translation>
    </message>
    <message>
        <source>Not signed</source>
        <translation>Chưa ký được</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Tìm lại thiết bị</translation>
    </message>
</context>
<context>
    <name>CopyPanel</name>
    <message>
        <source>Copy</source>
        <translation>Bản sao</translation>
    </message>
    <message>
        <source>Electronic copy</source>
        <translation>Bản sao điện tử</translation>
    </message>
    <message>
        <source>Form of the copy</source>
        <translation>Hình thức sao</translation>
    </message>
    <message>
        <source>Make no copy</source>
        <translation>Không sao nữa</translation>
    </message>
</context>
<context>
    <name>DoctorPanel</name>
    <message>
        <source>Is this machine ready to sign?</source>
        <translation>Máy này đã sẵn sàng để ký chưa?</translation>
    </message>
    <message>
        <source>Token drivers</source>
        <translation>Trình điều khiển thiết bị</translation>
    </message>
    <message>
        <source>PKCS#11 modules that are tried. Before a file that you add is loaded, it is looked at: it must be a library of the right kind.</source>
        <translation>Các thư viện PKCS#11 được thử. Tệp bạn thêm được xem trước khi nạp: phải đúng là thư viện loại này.</translation>
    </message>
    <message>
        <source>Add a driver…</source>
        <translation>Thêm trình điều khiển…</translation>
    </message>
    <message>
        <source>Trusted authorities…</source>
        <translation>Tổ chức chứng thực tin cậy…</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Kiểm tra lại</translation>
    </message>
    <message>
        <source>Copy report…</source>
        <translation>Sao chép báo cáo…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Đang kiểm tra…</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n lỗi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to note</source>
        <translation>
            <numerusform>%n điều cần lưu ý</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is ready.</source>
        <translation>Mọi thứ đã sẵn sàng.</translation>
    </message>
    <message>
        <source>Choose a driver</source>
        <translation>Chọn trình điều khiển</translation>
    </message>
    <message>
        <source>Libraries (*.so* *.dll *.dylib)</source>
        <translation>Thư viện (*.so* *.dll *.dylib)</translation>
    </message>
</context>
<context>
    <name>DocumentFooter</name>
    <message>
        <source>Reviewed: add to the batch</source>
        <translation>Đã xem, chọn để ký cùng lượt</translation>
    </message>
    <message>
        <source>Pass on…</source>
        <translation>Trình tiếp…</translation>
    </message>
    <message>
        <source>Pass on without signing</source>
        <translation>Trình tiếp, không ký</translation>
    </message>
    <message>
        <source>Make a copy…</source>
        <translation>Sao văn bản…</translation>
    </message>
    <message>
        <source>Make an electronic copy (sao y, sao lục, trích sao)</source>
        <translation>Tạo bản sao điện tử (sao y, sao lục, trích sao)</translation>
    </message>
    <message>
        <source>Return…</source>
        <translation>Trả lại…</translation>
    </message>
    <message>
        <source>Return with a reason</source>
        <translation>Trả lại kèm lý do</translation>
    </message>
    <message>
        <source>The leader&apos;s signature is undetermined: give a reason first.</source>
        <translation>Chưa đủ căn cứ về chữ ký của lãnh đạo: hãy ghi lý do trước.</translation>
    </message>
    <message>
        <source>Not without the leader&apos;s valid signature.</source>
        <translation>Không thực hiện được khi chưa có chữ ký hợp lệ của lãnh đạo.</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Ký duyệt</translation>
    </message>
    <message>
        <source>Number, seal and publish</source>
        <translation>Cấp số, đóng dấu, phát hành</translation>
    </message>
    <message>
        <source>Initial and pass on</source>
        <translation>Ký nháy và trình tiếp</translation>
    </message>
    <message>
        <source>Mark as a copy</source>
        <translation>Ký bản sao</translation>
    </message>
    <message>
        <source>Pass on</source>
        <translation>Trình tiếp</translation>
    </message>
</context>
<context>
    <name>DocumentHeader</name>
    <message>
        <source>Returned</source>
        <translation>Bị trả lại</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>Hạn xử lý</translation>
    </message>
    <message>
        <source>Number, symbol</source>
        <translation>Số, ký hiệu</translation>
    </message>
    <message>
        <source>Drafted by</source>
        <translation>Đơn vị soạn thảo</translation>
    </message>
    <message>
        <source>Signer</source>
        <translation>Người ký</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>Nơi nhận</translation>
    </message>
    <message>
        <source>Dossier code</source>
        <translation>Mã hồ sơ</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Số biên nhận</translation>
    </message>
    <message>
        <source>Converted from</source>
        <translation>Chuyển từ tệp</translation>
    </message>
</context>
<context>
    <name>DocumentPanel</name>
    <message>
        <source>Document</source>
        <translation>Văn bản</translation>
    </message>
    <message>
        <source>Choose a document in the queue.</source>
        <translation>Chọn một văn bản trong danh sách.</translation>
    </message>
    <message>
        <source>Making a new base of the draft…</source>
        <translation>Đang tạo bản gốc mới của dự thảo…</translation>
    </message>
    <message>
        <source>Making a PDF of {name}…</source>
        <translation>Đang chuyển {name} sang PDF…</translation>
    </message>
    <message>
        <source>Opening the document…</source>
        <translation>Đang mở văn bản…</translation>
    </message>
    <message>
        <source>Checking the leader&apos;s signature…</source>
        <translation>Đang kiểm tra chữ ký của lãnh đạo…</translation>
    </message>
    <message>
        <source>Checking the original…</source>
        <translation>Đang kiểm tra bản gốc…</translation>
    </message>
    <message>
        <source>Looking for the place…</source>
        <translation>Đang tìm vị trí đặt…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Thử lại</translation>
    </message>
    <message>
        <source>Repair the draft</source>
        <translation>Sửa tệp dự thảo</translation>
    </message>
    <message>
        <source>Turn its fields into fixed text</source>
        <translation>Chuyển các ô thành chữ cố định</translation>
    </message>
</context>
<context>
    <name>DraftPanel</name>
    <message>
        <source>Signing</source>
        <translation>Ký duyệt</translation>
    </message>
    <message>
        <source>Signature of {name}</source>
        <translation>Chữ ký của {name}</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) for number and date are prepared for the clerk.</source>
        <translation>
            <numerusform>Tạo sẵn %n ô để văn thư điền số và ngày.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DriverRow</name>
    <message>
        <source>Remove</source>
        <translation>Gỡ</translation>
    </message>
    <message>
        <source>Remove the driver {name}</source>
        <translation>Gỡ trình điều khiển {name}</translation>
    </message>
    <message>
        <source>from the settings</source>
        <translation>theo cài đặt</translation>
    </message>
    <message>
        <source>added by you</source>
        <translation>do bạn thêm</translation>
    </message>
    <message>
        <source>found by itself</source>
        <translation>tự tìm thấy</translation>
    </message>
    <message>
        <source>{bits} bits</source>
        <translation>{bits} bit</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>có trả lời</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n thiết bị</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FactRows</name>
    <message>
        <source>Copy: {what}</source>
        <translation>Chép: {what}</translation>
    </message>
</context>
<context>
    <name>FileList</name>
    <message>
        <source>Files</source>
        <translation>Các tệp</translation>
    </message>
    <message>
        <source>Show {name}</source>
        <translation>Hiển thị {name}</translation>
    </message>
    <message>
        <source>Fetching the file…</source>
        <translation>Đang tải tệp…</translation>
    </message>
    <message>
        <source>Main document</source>
        <translation>Văn bản chính</translation>
    </message>
    <message>
        <source>Attachment</source>
        <translation>Văn bản kèm theo</translation>
    </message>
    <message>
        <source>Attachment; no place for its seal was found</source>
        <translation>Văn bản kèm theo; không tìm thấy chỗ đóng dấu</translation>
    </message>
    <message>
        <source>Attachment; its seal: {where}</source>
        <translation>Văn bản kèm theo; chỗ đóng dấu: {where}</translation>
    </message>
</context>
<context>
    <name>IncomingForm</name>
    <message>
        <source>Register as incoming document</source>
        <translation>Đăng ký văn bản đến</translation>
    </message>
    <message>
        <source>Abstract</source>
        <translation>Trích yếu</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>Nơi gửi</translation>
    </message>
    <message>
        <source>Incoming number {number} is taken, and the block is not on the file yet.</source>
        <translation>Đã lấy số đến {number}; tệp chưa có dấu đến.</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Đăng ký</translation>
    </message>
    <message>
        <source>Register and put the block</source>
        <translation>Đăng ký và đóng dấu</translation>
    </message>
    <message>
        <source>Register as incoming document and put the agency&apos;s block on it</source>
        <translation>Đăng ký văn bản đến và đóng dấu đến của cơ quan</translation>
    </message>
    <message>
        <source>The registered file carries the agency&apos;s incoming block.</source>
        <translation>Tệp đã đăng ký mang dấu đến của cơ quan.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>Number, symbol</source>
        <translation>Số, ký hiệu văn bản</translation>
    </message>
    <message>
        <source>Date of the document</source>
        <translation>Ngày, tháng, năm văn bản</translation>
    </message>
    <message>
        <source>Do not register the document</source>
        <translation>Không đăng ký văn bản</translation>
    </message>
    <message>
        <source>Checking the file again and taking a number…</source>
        <translation>Đang kiểm tra lại tệp và lấy số đến…</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>Đã đăng ký</translation>
    </message>
    <message>
        <source>Fill in the marked fields.</source>
        <translation>Hãy điền các ô được đánh dấu.</translation>
    </message>
    <message>
        <source>The agency&apos;s incoming block will be put on the file, with the agency&apos;s token.</source>
        <translation>Tệp sẽ được đóng dấu văn bản đến của cơ quan, bằng thiết bị ký của cơ quan.</translation>
    </message>
    <message>
        <source>Incoming number {number}: {abstract}</source>
        <translation>Số đến {number}: {abstract}</translation>
    </message>
    <message>
        <source>The registered file carries the agency&apos;s incoming block; it will be sent when the server answers.</source>
        <translation>Tệp đã đăng ký mang dấu đến của cơ quan; sẽ gửi khi máy chủ trả lời.</translation>
    </message>
    <message>
        <source>The file was stored as it came, without the agency&apos;s incoming block.</source>
        <translation>Tệp được lưu nguyên như khi nhận, không có dấu văn bản đến của cơ quan.</translation>
    </message>
</context>
<context>
    <name>IssuePanel</name>
    <message>
        <source>Issuing</source>
        <translation>Cấp số, đóng dấu</translation>
    </message>
    <message>
        <source>Why it is sealed all the same (required; it is recorded)</source>
        <translation>Lý do vẫn đóng dấu (bắt buộc, được ghi lại)</translation>
    </message>
    <message>
        <source>Number and date</source>
        <translation>Số và ngày</translation>
    </message>
    <message>
        <source>Number, symbol</source>
        <translation>Số, ký hiệu</translation>
    </message>
    <message>
        <source>Date of issue</source>
        <translation>Ngày ban hành</translation>
    </message>
    <message>
        <source>Date of issue, day month year</source>
        <translation>Ngày ban hành, theo thứ tự ngày, tháng, năm</translation>
    </message>
    <message>
        <source>The number that this document took before</source>
        <translation>Số văn bản này đã lấy trước đó</translation>
    </message>
    <message>
        <source>Will be taken from the register</source>
        <translation>Sẽ lấy từ sổ đăng ký</translation>
    </message>
</context>
<context>
    <name>KeyFilesPanel</name>
    <message>
        <source>Key files</source>
        <translation>Tệp khóa</translation>
    </message>
    <message>
        <source>A PKCS#12 file (.p12, .pfx) signs as a token does. It is looked into once with its password; neither the key nor the password is kept, and the password is asked for again when you sign.</source>
        <translation>Tệp PKCS#12 (.p12, .pfx) dùng để ký như thiết bị ký. Tệp được mở một lần bằng mật khẩu để xem; khóa và mật khẩu không được lưu, khi ký bạn sẽ nhập lại mật khẩu.</translation>
    </message>
    <message>
        <source>Add a key file…</source>
        <translation>Thêm tệp khóa…</translation>
    </message>
    <message>
        <source>Password of the file</source>
        <translation>Mật khẩu của tệp</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Thêm</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Looking into the file…</source>
        <translation>Đang mở tệp…</translation>
    </message>
    <message>
        <source>{name} can sign from now on.</source>
        <translation>Từ nay ký được bằng {name}.</translation>
    </message>
    <message>
        <source>Valid until {date}</source>
        <translation>Có hiệu lực đến {date}</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Gỡ khỏi danh sách</translation>
    </message>
    <message>
        <source>Remove {name} from the list</source>
        <translation>Gỡ {name} khỏi danh sách</translation>
    </message>
    <message>
        <source>Choose a key file</source>
        <translation>Chọn tệp khóa</translation>
    </message>
    <message>
        <source>Key files (*.p12 *.pfx *.P12 *.PFX)</source>
        <translation>Tệp khóa (*.p12 *.pfx *.P12 *.PFX)</translation>
    </message>
</context>
<context>
    <name>ListRow</name>
    <message>
        <source>Not proven</source>
        <translation>Chưa kiểm được</translation>
    </message>
    <message>
        <source>Past its time</source>
        <translation>Đã quá hạn</translation>
    </message>
    <message>
        <source>Current</source>
        <translation>Còn hạn</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Trình Ký</source>
        <translation>Trình Ký</translation>
    </message>
    <message>
        <source>Queue, page and document</source>
        <translation>Danh sách, trang và văn bản</translation>
    </message>
</context>
<context>
    <name>MoveCard</name>
    <message>
        <source>Return the document</source>
        <translation>Trả lại văn bản</translation>
    </message>
    <message>
        <source>Pass the document on</source>
        <translation>Trình tiếp văn bản</translation>
    </message>
    <message>
        <source>Reason (required). It stands in the document&apos;s history.</source>
        <translation>Lý do (bắt buộc), được ghi vào lịch sử xử lý của văn bản.</translation>
    </message>
    <message>
        <source>Comment (if any). It stands in the document&apos;s history.</source>
        <translation>Ý kiến (nếu có), được ghi vào lịch sử xử lý của văn bản.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Lý do</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Ý kiến</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Trả lại</translation>
    </message>
    <message>
        <source>Pass on</source>
        <translation>Trình tiếp</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>The leader&apos;s signature did not pass the check.</source>
        <translation>Chữ ký của lãnh đạo không qua được kiểm tra.</translation>
    </message>
    <message>
        <source>The format does not follow Decree 30/2020.</source>
        <translation>Thể thức chưa đúng Nghị định 30/2020.</translation>
    </message>
    <message>
        <source>An attachment is missing.</source>
        <translation>Thiếu văn bản kèm theo.</translation>
    </message>
    <message>
        <source>The content needs correcting.</source>
        <translation>Nội dung cần chỉnh sửa.</translation>
    </message>
    <message>
        <source>The legal basis is missing.</source>
        <translation>Thiếu căn cứ pháp lý.</translation>
    </message>
</context>
<context>
    <name>NoticeCard</name>
    <message>
        <source>Copied</source>
        <translation>Đã chép</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Đã xong</translation>
    </message>
    <message>
        <source>Please note</source>
        <translation>Lưu ý</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Có lỗi</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Thông tin</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Chép chi tiết</translation>
    </message>
    <message>
        <source>Copy the message and its code</source>
        <translation>Chép thông báo và mã</translation>
    </message>
</context>
<context>
    <name>OpinionCard</name>
    <message>
        <source>Opinion</source>
        <translation>Ý kiến</translation>
    </message>
    <message numerus="yes">
        <source>Room for about %n line(s) on the form.</source>
        <translation>
            <numerusform>Biểu mẫu có chỗ cho khoảng %n dòng.</numerusform>
        </translation>
    </message>
    <message>
        <source>The form has no room for a text here: you sign without one.</source>
        <translation>Biểu mẫu không có chỗ ghi ý kiến ở đây: bạn ký không kèm ý kiến.</translation>
    </message>
    <message>
        <source>Without a text you agree.</source>
        <translation>Không ghi gì nghĩa là đồng ý.</translation>
    </message>
</context>
<context>
    <name>PageArea</name>
    <message>
        <source>Pages of the document</source>
        <translation>Các trang của văn bản</translation>
    </message>
    <message>
        <source>No document is open. Choose one in the queue, or check a received file.</source>
        <translation>Chưa mở văn bản nào. Chọn một văn bản trong danh sách hoặc kiểm tra một tệp nhận được.</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Thu nhỏ</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Phóng to</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>Vừa chiều rộng</translation>
    </message>
    <message>
        <source>Fit the whole page</source>
        <translation>Vừa cả trang</translation>
    </message>
    <message>
        <source>Real size</source>
        <translation>Kích thước thật</translation>
    </message>
    <message>
        <source>Page number</source>
        <translation>Trang số</translation>
    </message>
    <message>
        <source>Go to a page</source>
        <translation>Đi tới trang</translation>
    </message>
    <message>
        <source>of {pages}</source>
        <translation>/ {pages}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>Zoom against the real size</source>
        <translation>Mức thu phóng so với kích thước thật</translation>
    </message>
    <message>
        <source>Zoom: {zoom}</source>
        <translation>Mức thu phóng: {zoom}</translation>
    </message>
</context>
<context>
    <name>PageCanvas</name>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>Trang {page} trên tổng số {pages}</translation>
    </message>
    <message>
        <source>{left} mm from the left, {top} mm from the top, {width} by {height} mm, page {page}</source>
        <translation>cách mép trái {left} mm, cách mép trên {top} mm, rộng {width} mm, cao {height} mm, trang {page}</translation>
    </message>
</context>
<context>
    <name>PageScroll</name>
    <message>
        <source>Try again</source>
        <translation>Thử lại</translation>
    </message>
</context>
<context>
    <name>PicturesPanel</name>
    <message>
        <source>Picture of a signature or seal</source>
        <translation>Hình chữ ký hoặc con dấu</translation>
    </message>
    <message>
        <source>Sign or seal on white paper, then scan it or take a photo. The paper is taken away, the colour of the ink is checked, and the picture is cropped. You can drop the file here.</source>
        <translation>Ký hoặc đóng dấu lên giấy trắng rồi quét hoặc chụp ảnh. Chương trình bỏ nền giấy, kiểm tra màu mực và cắt vừa nét. Có thể kéo thả tệp vào đây.</translation>
    </message>
    <message>
        <source>Picture of</source>
        <translation>Hình của</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>Chọn ảnh…</translation>
    </message>
    <message>
        <source>How wide the ink is on paper</source>
        <translation>Bề ngang nét mực trên giấy</translation>
    </message>
    <message>
        <source>How wide the ink is on paper, in millimetres</source>
        <translation>Bề ngang nét mực trên giấy, tính bằng mi-li-mét</translation>
    </message>
    <message>
        <source>as the picture says</source>
        <translation>theo ảnh</translation>
    </message>
    <message>
        <source>Use it from now on</source>
        <translation>Dùng hình này từ nay</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Looking at the picture…</source>
        <translation>Đang xử lý ảnh…</translation>
    </message>
    <message>
        <source>Diameter {size} mm</source>
        <translation>Đường kính {size} mm</translation>
    </message>
    <message>
        <source>{width} × {height} mm</source>
        <translation>{width} × {height} mm</translation>
    </message>
    <message>
        <source>{size} · {share} % of the ink has the right colour</source>
        <translation>{size} · {share} % nét mực đúng màu</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Chọn ảnh</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg)</source>
        <translation>Ảnh (*.png *.jpg *.jpeg)</translation>
    </message>
</context>
<context>
    <name>PinCard</name>
    <message>
        <source>Token PIN</source>
        <translation>Mã PIN của thiết bị ký</translation>
    </message>
    <message>
        <source>The PIN is entered on the reader: press the button, then use its keys.</source>
        <translation>Mã PIN được nhập trên đầu đọc: bấm nút rồi dùng phím của đầu đọc.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>Cancel: nothing is signed</source>
        <translation>Hủy, không ký văn bản nào</translation>
    </message>
    <message>
        <source>Use the last try</source>
        <translation>Dùng lần thử cuối</translation>
    </message>
    <message>
        <source>I am sure of the PIN: use the last try</source>
        <translation>Tôi chắc chắn mã PIN đúng: dùng lần thử cuối</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Tìm lại thiết bị</translation>
    </message>
    <message>
        <source>Look at the token again</source>
        <translation>Tìm lại thiết bị ký</translation>
    </message>
    <message>
        <source>The token is working: it cannot be interrupted</source>
        <translation>Thiết bị ký đang làm việc, không ngắt được</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Ký duyệt</translation>
    </message>
    <message numerus="yes">
        <source>Sign %n document(s)</source>
        <translation>
            <numerusform>Ký duyệt %n văn bản</numerusform>
        </translation>
    </message>
    <message>
        <source>Initial and pass on</source>
        <translation>Ký nháy và trình tiếp</translation>
    </message>
    <message numerus="yes">
        <source>Initial and pass on %n document(s)</source>
        <translation>
            <numerusform>Ký nháy và trình tiếp %n văn bản</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark as a copy</source>
        <translation>Ký bản sao</translation>
    </message>
    <message numerus="yes">
        <source>Mark %n document(s) as copies</source>
        <translation>
            <numerusform>Ký %n bản sao</numerusform>
        </translation>
    </message>
    <message>
        <source>Number, seal and publish</source>
        <translation>Cấp số, đóng dấu, phát hành</translation>
    </message>
    <message numerus="yes">
        <source>Number, seal and publish %n document(s)</source>
        <translation>
            <numerusform>Cấp số, đóng dấu, phát hành %n văn bản</numerusform>
        </translation>
    </message>
    <message>
        <source>Register and put the incoming block</source>
        <translation>Đăng ký và đóng dấu đến</translation>
    </message>
    <message numerus="yes">
        <source>Register %n document(s) and put the incoming block</source>
        <translation>
            <numerusform>Đăng ký và đóng dấu đến cho %n văn bản</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign and seal</source>
        <translation>Ký duyệt và đóng dấu</translation>
    </message>
    <message numerus="yes">
        <source>Sign and seal %n document(s)</source>
        <translation>
            <numerusform>Ký duyệt và đóng dấu %n văn bản</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n văn bản</numerusform>
        </translation>
    </message>
    <message>
        <source>Agency</source>
        <translation>Cơ quan, tổ chức</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Chứng thư số</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Stop: what is signed is kept</source>
        <translation>Dừng: những gì đã ký vẫn được giữ</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Hiệu lực đến</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Thiết bị ký</translation>
    </message>
    <message>
        <source>{label}, serial {serial}</source>
        <translation>{label}, số sê-ri {serial}</translation>
    </message>
    <message>
        <source>Sign one by one</source>
        <translation>Ký lần lượt từng văn bản</translation>
    </message>
    <message>
        <source>Go on, with a PIN for each document</source>
        <translation>Tiếp tục, mỗi văn bản một lần nhập mã PIN</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>Tệp khóa</translation>
    </message>
    <message>
        <source>A key file counts no wrong passwords</source>
        <translation>Tệp khóa không đếm số lần nhập sai mật khẩu</translation>
    </message>
    <message>
        <source>Password of the file</source>
        <translation>Mật khẩu của tệp</translation>
    </message>
    <message>
        <source>Enter the PIN on the reader now.</source>
        <translation>Hãy nhập mã PIN trên đầu đọc.</translation>
    </message>
    <message>
        <source>Opening the token…</source>
        <translation>Đang mở thiết bị ký…</translation>
    </message>
    <message>
        <source>Opening the token… {seconds} s</source>
        <translation>Đang mở thiết bị ký… {seconds} giây</translation>
    </message>
</context>
<context>
    <name>PlaceFields</name>
    <message>
        <source>Page</source>
        <translation>Trang</translation>
    </message>
    <message>
        <source>From the left</source>
        <translation>Cách mép trái</translation>
    </message>
    <message>
        <source>From the top</source>
        <translation>Cách mép trên</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Chiều rộng</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Chiều cao</translation>
    </message>
    <message>
        <source>{what} in millimetres</source>
        <translation>{what}, tính bằng milimét</translation>
    </message>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>Page of the box</source>
        <translation>Trang đặt khung</translation>
    </message>
    <message>
        <source>Put the box on this page</source>
        <translation>Đặt khung lên trang này</translation>
    </message>
    <message>
        <source>Back to the proposed place</source>
        <translation>Về vị trí đề xuất</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Hoàn tác</translation>
    </message>
    <message>
        <source>Undo the last move (Ctrl+Z)</source>
        <translation>Hoàn tác lần dời gần nhất (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Place of the seal</source>
        <translation>Vị trí con dấu</translation>
    </message>
    <message>
        <source>Place of the signature</source>
        <translation>Vị trí chữ ký</translation>
    </message>
    <message>
        <source>Looking for the place…</source>
        <translation>Đang tìm vị trí đặt…</translation>
    </message>
    <message>
        <source>No fitting place was found. Put the box where it belongs.</source>
        <translation>Không tìm thấy chỗ phù hợp. Hãy đặt khung vào đúng chỗ.</translation>
    </message>
    <message>
        <source>The proposal is sure.</source>
        <translation>Đề xuất chắc chắn.</translation>
    </message>
    <message>
        <source>The proposal is fairly sure.</source>
        <translation>Đề xuất khá chắc chắn.</translation>
    </message>
    <message>
        <source>The proposal is uncertain: look at the page.</source>
        <translation>Đề xuất chưa chắc chắn: hãy xem lại trên trang.</translation>
    </message>
    <message>
        <source> of {pages}</source>
        <translation> / {pages}</translation>
    </message>
    <message>
        <source>{width} × {height} mm, the seal&apos;s real size</source>
        <translation>{width} × {height} mm, kích thước thật của con dấu</translation>
    </message>
</context>
<context>
    <name>PrintRow</name>
    <message>
        <source>Print for paper…</source>
        <translation>In ra giấy…</translation>
    </message>
    <message>
        <source>Write the print for paper to a file</source>
        <translation>Ghi bản in giấy ra tệp</translation>
    </message>
    <message>
        <source>For the ink seal or the paper archive: signed and numbered, without the electronic seal. A document without a number takes it now and keeps it.</source>
        <translation>Để đóng dấu mực hoặc lưu giấy: đã ký, có số và ngày, chưa có dấu điện tử. Văn bản chưa có số sẽ lấy số ngay và giữ số đó.</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Mở tệp</translation>
    </message>
    <message>
        <source>Print for paper</source>
        <translation>In ra giấy</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>Tệp PDF (*.pdf)</translation>
    </message>
</context>
<context>
    <name>QueuePhrases</name>
    <message>
        <source>On paper only</source>
        <translation>Chỉ ký trên giấy</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Bị trả lại</translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>%n văn bản kèm theo</numerusform>
        </translation>
    </message>
    <message>
        <source>Ticked for signing</source>
        <translation>Đã chọn để ký</translation>
    </message>
    <message>
        <source>Express</source>
        <translation>Hỏa tốc</translation>
    </message>
    <message>
        <source>Very urgent</source>
        <translation>Thượng khẩn</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Khẩn</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Thường</translation>
    </message>
    <message>
        <source>To initial</source>
        <translation>Ký nháy</translation>
    </message>
    <message>
        <source>To sign</source>
        <translation>Ký duyệt</translation>
    </message>
    <message>
        <source>To issue</source>
        <translation>Cấp số</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>Văn bản đến</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Đã nhận</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>Chưa xem</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Đã xem</translation>
    </message>
    <message>
        <source>Signed, being sent</source>
        <translation>Đã ký, đang gửi</translation>
    </message>
    <message>
        <source>Signed, waiting to be sent</source>
        <translation>Đã ký, chờ gửi</translation>
    </message>
    <message>
        <source>Accepted by the server</source>
        <translation>Máy chủ đã nhận</translation>
    </message>
    <message>
        <source>Not signed</source>
        <translation>Chưa ký được</translation>
    </message>
    <message>
        <source>ahead of the deadline</source>
        <translation>trước hạn</translation>
    </message>
    <message>
        <source>due today</source>
        <translation>đến hạn hôm nay</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>quá hạn</translation>
    </message>
    <message>
        <source>Dossier {code}</source>
        <translation>Hồ sơ {code}</translation>
    </message>
    <message>
        <source>Overdue since {moment}</source>
        <translation>Quá hạn từ {moment}</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hôm nay</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Ngày mai</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>Queue</source>
        <translation>Danh sách việc</translation>
    </message>
    <message>
        <source>Documents that wait for me</source>
        <translation>Văn bản đang chờ tôi</translation>
    </message>
    <message>
        <source>Kinds of work</source>
        <translation>Các loại việc</translation>
    </message>
    <message>
        <source>Fetching your documents…</source>
        <translation>Đang tải danh sách văn bản…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tất cả</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Thử lại</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Không tìm thấy</translation>
    </message>
    <message>
        <source>Try other or fewer words.</source>
        <translation>Hãy thử từ khác hoặc bớt từ.</translation>
    </message>
    <message>
        <source>Nothing is waiting</source>
        <translation>Không có văn bản nào đang chờ</translation>
    </message>
    <message>
        <source>New documents appear here by themselves.</source>
        <translation>Văn bản mới sẽ tự hiện ở đây.</translation>
    </message>
</context>
<context>
    <name>ReportOutcome</name>
    <message>
        <source>Open it</source>
        <translation>Mở</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>Report to pass on</source>
        <translation>Báo cáo để chuyển cho người hỗ trợ</translation>
    </message>
    <message>
        <source>This is all that will be copied. Names of persons, serial numbers, user names and passwords are left out; read it once more before you pass it on.</source>
        <translation>Đây là toàn bộ nội dung sẽ được sao chép. Tên người, số sê-ri, tên người dùng và mật khẩu đã được bỏ; hãy đọc lại trước khi chuyển đi.</translation>
    </message>
    <message>
        <source>Copy this text</source>
        <translation>Sao chép nội dung này</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Đã sao chép</translation>
    </message>
</context>
<context>
    <name>ReportRow</name>
    <message>
        <source>Save the report…</source>
        <translation>Lưu phiếu kiểm tra…</translation>
    </message>
    <message>
        <source>Save the verification report to a file</source>
        <translation>Lưu phiếu kiểm tra chữ ký số vào tệp</translation>
    </message>
    <message>
        <source>Report for the printer (*.pdf)</source>
        <translation>Phiếu kiểm tra để in (*.pdf)</translation>
    </message>
    <message>
        <source>Table for a spreadsheet (*.csv)</source>
        <translation>Bảng tổng hợp cho bảng tính (*.csv)</translation>
    </message>
    <message>
        <source>Everything, for programs (*.json)</source>
        <translation>Toàn bộ dữ liệu cho chương trình (*.json)</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Lưu phiếu kiểm tra</translation>
    </message>
</context>
<context>
    <name>ResultRow</name>
    <message>
        <source>Issued with number {number}</source>
        <translation>Đã phát hành, số {number}</translation>
    </message>
    <message>
        <source>Registered with incoming number {number}</source>
        <translation>Đã đăng ký, số đến {number}</translation>
    </message>
    <message>
        <source>Signed, level {level}</source>
        <translation>Đã ký, mức {level}</translation>
    </message>
    <message>
        <source>Incoming number {number} is taken; the block is not on the file</source>
        <translation>Đã lấy số đến {number}; tệp chưa có dấu đến</translation>
    </message>
    <message>
        <source>No longer waiting for you</source>
        <translation>Không còn chờ bạn xử lý</translation>
    </message>
    <message>
        <source>Not signed</source>
        <translation>Chưa ký được</translation>
    </message>
    <message>
        <source>Initialled</source>
        <translation>Đã ký nháy</translation>
    </message>
    <message>
        <source>Not initialled</source>
        <translation>Chưa ký nháy được</translation>
    </message>
    <message>
        <source>Marked as a copy</source>
        <translation>Đã ký bản sao</translation>
    </message>
    <message>
        <source>Not marked as a copy</source>
        <translation>Chưa ký bản sao được</translation>
    </message>
    <message>
        <source>Not issued</source>
        <translation>Chưa phát hành được</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>Đã đăng ký</translation>
    </message>
    <message>
        <source>Not registered</source>
        <translation>Chưa đăng ký được</translation>
    </message>
    <message>
        <source>Not tried, since you stopped before</source>
        <translation>Chưa ký, vì bạn đã dừng lại trước đó</translation>
    </message>
    <message>
        <source>Waiting its turn</source>
        <translation>Chờ đến lượt</translation>
    </message>
    <message>
        <source>Signing…</source>
        <translation>Đang ký…</translation>
    </message>
    <message>
        <source>Checking the signature…</source>
        <translation>Đang kiểm tra chữ ký…</translation>
    </message>
    <message>
        <source>Taking the number…</source>
        <translation>Đang lấy số…</translation>
    </message>
    <message>
        <source>Sealing…</source>
        <translation>Đang đóng dấu…</translation>
    </message>
    <message>
        <source>Sealing the attachments…</source>
        <translation>Đang đóng dấu văn bản kèm theo…</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Đang gửi…</translation>
    </message>
    <message>
        <source>Signed and kept here; will be sent when the server answers</source>
        <translation>Đã ký và giữ ở máy này; sẽ gửi khi máy chủ trả lời</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>Đã phát hành</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Đã ký</translation>
    </message>
    <message>
        <source>Not tried, since the token failed before</source>
        <translation>Chưa thử, vì thiết bị ký đã gặp lỗi trước đó</translation>
    </message>
</context>
<context>
    <name>ReturnCard</name>
    <message>
        <source>Return to the sender</source>
        <translation>Trả lại nơi gửi</translation>
    </message>
    <message>
        <source>Read the letter and change what you like, then send it yourself with the report attached: the program sends no mail.</source>
        <translation>Đọc và sửa thư nếu cần, rồi tự gửi kèm phiếu kiểm tra: chương trình không gửi thư.</translation>
    </message>
    <message>
        <source>Letter to the sender</source>
        <translation>Thư gửi nơi gửi văn bản</translation>
    </message>
    <message>
        <source>Save with the report…</source>
        <translation>Lưu kèm phiếu kiểm tra…</translation>
    </message>
    <message>
        <source>Copy the letter</source>
        <translation>Chép thư</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Đã chép</translation>
    </message>
    <message>
        <source>Save the report and the letter</source>
        <translation>Lưu phiếu kiểm tra và thư</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>Tệp PDF (*.pdf)</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>Drop a PDF here, or open one</source>
        <translation>Thả tệp PDF vào đây hoặc mở tệp</translation>
    </message>
    <message>
        <source>Its signatures are checked on this machine. The file is sent nowhere.</source>
        <translation>Chữ ký số được kiểm tra ngay trên máy này. Tệp không được gửi đi đâu.</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Mở tệp…</translation>
    </message>
    <message>
        <source>Open another file…</source>
        <translation>Mở tệp khác…</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Kiểm tra lại</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Chép báo cáo</translation>
    </message>
    <message>
        <source>Register as incoming…</source>
        <translation>Đăng ký văn bản đến…</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Về danh sách</translation>
    </message>
    <message>
        <source>Return to the sender…</source>
        <translation>Trả lại nơi gửi…</translation>
    </message>
    <message>
        <source>Copy the report as text</source>
        <translation>Chép báo cáo ở dạng chữ</translation>
    </message>
    <message>
        <source>Checking the signatures of {file}…</source>
        <translation>Đang kiểm tra chữ ký số của {file}…</translation>
    </message>
    <message>
        <source>Open a PDF to check</source>
        <translation>Mở tệp PDF để kiểm tra</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>Tệp PDF (*.pdf)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Mọi tệp (*)</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Đã chép</translation>
    </message>
    <message>
        <source>History of the file</source>
        <translation>Lịch sử của tệp</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Tên tệp</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Số trang</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Dung lượng</translation>
    </message>
    <message>
        <source>{time}, offline</source>
        <translation>{time}, ngoại tuyến</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Đã kiểm tra</translation>
    </message>
    <message>
        <source>Time stamps</source>
        <translation>Dấu thời gian</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>Chữ ký số</translation>
    </message>
</context>
<context>
    <name>ReviewText</name>
    <message>
        <source>File: {name}</source>
        <translation>Tệp: {name}</translation>
    </message>
    <message>
        <source>Size: {size}</source>
        <translation>Dung lượng: {size}</translation>
    </message>
    <message>
        <source>Pages: {count}</source>
        <translation>Số trang: {count}</translation>
    </message>
    <message>
        <source>Checked on this machine, offline, with Trình Ký: {time}</source>
        <translation>Đã kiểm tra trên máy này, ngoại tuyến, bằng Trình Ký: {time}</translation>
    </message>
</context>
<context>
    <name>ReviewWords</name>
    <message>
        <source>Algorithm</source>
        <translation>Thuật toán</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Hàm băm</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Định dạng</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Mức chữ ký</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Trường chữ ký</translation>
    </message>
    <message>
        <source>Holder&apos;s ID</source>
        <translation>Mã định danh chủ thể</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Kết quả</translation>
    </message>
    <message>
        <source>Certificate SHA-256</source>
        <translation>SHA-256 của chứng thư số</translation>
    </message>
    <message>
        <source>{change}: {where}</source>
        <translation>{change}: {where}</translation>
    </message>
    <message>
        <source>{change} ({verdict})</source>
        <translation>{change} ({verdict})</translation>
    </message>
    <message>
        <source>The file holds active content, which was not run: {what}.</source>
        <translation>Tệp có nội dung động nhưng chương trình không chạy: {what}.</translation>
    </message>
    <message>
        <source>{size} kB</source>
        <translation>{size} kB</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>{name} (says the certificate; not proven)</source>
        <translation>{name} (theo chứng thư số; chưa được chứng minh)</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>chưa rõ</translation>
    </message>
    <message>
        <source>Agency</source>
        <translation>Cơ quan, tổ chức</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Loại chữ ký</translation>
    </message>
    <message>
        <source>{kind} (by its field&apos;s name)</source>
        <translation>{kind} (theo tên trường)</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Phạm vi ký</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Chứng thư số</translation>
    </message>
    <message>
        <source>Revocation</source>
        <translation>Tình trạng thu hồi</translation>
    </message>
    <message>
        <source>nothing was added or changed</source>
        <translation>không có gì được thêm hoặc sửa</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Thời điểm</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>Tổ chức cấp</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>Chi tiết kỹ thuật</translation>
    </message>
    <message>
        <source>Claimed time</source>
        <translation>Thời điểm do người ký khai</translation>
    </message>
    <message>
        <source>Signed content</source>
        <translation>Nội dung đã ký</translation>
    </message>
    <message>
        <source>{time}, time stamp confirmed</source>
        <translation>{time}, dấu thời gian đã được xác nhận</translation>
    </message>
    <message>
        <source>{time}, time stamp not confirmed</source>
        <translation>{time}, dấu thời gian chưa được xác nhận</translation>
    </message>
    <message>
        <source>{time}, the signer&apos;s claim</source>
        <translation>{time}, do người ký khai</translation>
    </message>
    <message>
        <source>Time not known</source>
        <translation>Chưa rõ thời điểm</translation>
    </message>
    <message>
        <source>page {number}</source>
        <translation>trang {number}</translation>
    </message>
    <message>
        <source>{what}, {page}</source>
        <translation>{what} ở {page}</translation>
    </message>
</context>
<context>
    <name>RoutingList</name>
    <message numerus="yes">
        <source>History: %n step(s)</source>
        <translation>
            <numerusform>Lịch sử xử lý: %n bước</numerusform>
        </translation>
    </message>
    <message>
        <source>submitted</source>
        <translation>đã trình</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>đã phê duyệt</translation>
    </message>
    <message>
        <source>passed on</source>
        <translation>đã trình tiếp</translation>
    </message>
    <message>
        <source>sent to the clerk</source>
        <translation>đã chuyển văn thư</translation>
    </message>
    <message>
        <source>published</source>
        <translation>đã phát hành</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>đã trả lại</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>đã rút lại</translation>
    </message>
    <message>
        <source>took the number</source>
        <translation>đã lấy số</translation>
    </message>
    <message>
        <source>registered</source>
        <translation>đã đăng ký văn bản đến</translation>
    </message>
    <message>
        <source>converted the file</source>
        <translation>đã chuyển đổi tệp</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>đã ký</translation>
    </message>
    <message>
        <source>initialled</source>
        <translation>đã ký nháy</translation>
    </message>
    <message>
        <source>sealed</source>
        <translation>đã đóng dấu</translation>
    </message>
    <message>
        <source>sealed an attachment</source>
        <translation>đã đóng dấu văn bản kèm theo</translation>
    </message>
    <message>
        <source>put the incoming block</source>
        <translation>đã đóng dấu văn bản đến</translation>
    </message>
    <message>
        <source>put number and date</source>
        <translation>đã điền số và ngày</translation>
    </message>
    <message>
        <source>marked as a copy</source>
        <translation>đã đánh dấu là bản sao</translation>
    </message>
    <message>
        <source>put a time stamp</source>
        <translation>đã gắn dấu thời gian</translation>
    </message>
</context>
<context>
    <name>RulesPanel</name>
    <message>
        <source>The office&apos;s rules</source>
        <translation>Quy định của cơ quan</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>What they say</source>
        <translation>Nội dung</translation>
    </message>
    <message>
        <source>What they rest on</source>
        <translation>Căn cứ</translation>
    </message>
</context>
<context>
    <name>SignInView</name>
    <message>
        <source>Sign in</source>
        <translation>Đăng nhập</translation>
    </message>
    <message>
        <source>Sign in in the browser</source>
        <translation>Đăng nhập bằng trình duyệt</translation>
    </message>
    <message>
        <source>Sign in with a code on another device</source>
        <translation>Đăng nhập bằng mã trên thiết bị khác</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>Cancel signing in</source>
        <translation>Hủy đăng nhập</translation>
    </message>
    <message>
        <source>Check a received file without signing in…</source>
        <translation>Kiểm tra tệp nhận được, không cần đăng nhập…</translation>
    </message>
    <message>
        <source>On another device, open</source>
        <translation>Trên thiết bị khác, mở địa chỉ</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Chép địa chỉ</translation>
    </message>
    <message>
        <source>and enter this code</source>
        <translation>rồi nhập mã này</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>Chép mã</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Xin chờ một chút…</translation>
    </message>
    <message>
        <source>Go on in your browser</source>
        <translation>Tiếp tục trong trình duyệt</translation>
    </message>
    <message>
        <source>Go on on another device</source>
        <translation>Tiếp tục trên thiết bị khác</translation>
    </message>
    <message>
        <source>Your last sign-in is taken up.</source>
        <translation>Đang nối lại phiên đăng nhập trước.</translation>
    </message>
    <message>
        <source>The browser shows your office&apos;s sign-in page.</source>
        <translation>Trình duyệt đang mở trang đăng nhập của cơ quan.</translation>
    </message>
    <message>
        <source>Waiting until you have signed in there.</source>
        <translation>Đang chờ bạn đăng nhập ở đó.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Thử lại</translation>
    </message>
</context>
<context>
    <name>SignatureCard</name>
    <message numerus="yes">
        <source>{verdict}, %n remark(s)</source>
        <translation>
            <numerusform>{verdict}, %n lưu ý</numerusform>
        </translation>
    </message>
    <message>
        <source>Fold: {what}</source>
        <translation>Thu gọn: {what}</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>Thu gọn</translation>
    </message>
    <message>
        <source>Show what was found: {what}</source>
        <translation>Xem kết quả kiểm tra: {what}</translation>
    </message>
    <message>
        <source>Show what was found</source>
        <translation>Xem kết quả kiểm tra</translation>
    </message>
</context>
<context>
    <name>SigningPanel</name>
    <message>
        <source>Signing</source>
        <translation>Ký số</translation>
    </message>
</context>
<context>
    <name>SigningResults</name>
    <message>
        <source>Retry the failed</source>
        <translation>Thử lại phần chưa thành công</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Tiếp tục</translation>
    </message>
    <message>
        <source>Put the results away and continue</source>
        <translation>Đóng kết quả và tiếp tục</translation>
    </message>
    <message>
        <source>Documents finished</source>
        <translation>Số văn bản đã xong</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Kết quả</translation>
    </message>
    <message>
        <source>Results by document</source>
        <translation>Kết quả từng văn bản</translation>
    </message>
    <message>
        <source>Go on without the time stamp</source>
        <translation>Ký tiếp, không chờ dấu thời gian</translation>
    </message>
    <message>
        <source>{ended} of {count} finished</source>
        <translation>Đã xong {ended}/{count} văn bản</translation>
    </message>
    <message>
        <source>All done</source>
        <translation>Đã xong tất cả</translation>
    </message>
    <message numerus="yes">
        <source>%n initialled</source>
        <translation>
            <numerusform>%n đã ký nháy</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n marked as copies</source>
        <translation>
            <numerusform>%n đã ký bản sao</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed and to be sent later</source>
        <translation>
            <numerusform>%n văn bản đã ký và sẽ gửi sau</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n no longer waiting</source>
        <translation>
            <numerusform>%n văn bản không còn chờ xử lý</numerusform>
        </translation>
    </message>
    <message>
        <source>Signed, not sent yet</source>
        <translation>Đã ký, chưa gửi</translation>
    </message>
    <message numerus="yes">
        <source>%n issued</source>
        <translation>
            <numerusform>%n văn bản đã phát hành</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed</source>
        <translation>
            <numerusform>%n văn bản đã ký</numerusform>
        </translation>
    </message>
    <message>
        <source>Retry the documents that failed</source>
        <translation>Thử lại các văn bản chưa thành công</translation>
    </message>
    <message>
        <source>Not everything is done</source>
        <translation>Còn văn bản chưa xử lý xong</translation>
    </message>
    <message numerus="yes">
        <source>%n registered</source>
        <translation>
            <numerusform>Đã đăng ký %n văn bản</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n văn bản không thành công</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not tried</source>
        <translation>
            <numerusform>%n văn bản chưa thử</numerusform>
        </translation>
    </message>
    <message>
        <source>What has begun is finished: it cannot be stopped halfway.</source>
        <translation>Việc đã bắt đầu sẽ được làm cho xong, không dừng giữa chừng được.</translation>
    </message>
    <message>
        <source>Waiting for {seconds} s.</source>
        <translation>Đã chờ {seconds} giây.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>What was done last</source>
        <translation>Việc vừa làm</translation>
    </message>
    <message>
        <source>Queue as of {moment}</source>
        <translation>Danh sách cập nhật lúc {moment}</translation>
    </message>
    <message>
        <source>No longer waiting for you: {title}</source>
        <translation>Không còn chờ bạn xử lý: {title}</translation>
    </message>
    <message>
        <source>Issued with number {number}: {title}</source>
        <translation>Đã phát hành, số {number}: {title}</translation>
    </message>
    <message>
        <source>Signed and accepted by the server: {title}</source>
        <translation>Đã ký, máy chủ đã nhận: {title}</translation>
    </message>
    <message>
        <source>Incoming number {number} is taken; the block is not on the file: {title}</source>
        <translation>Đã lấy số đến {number}; tệp chưa có dấu đến: {title}</translation>
    </message>
    <message>
        <source>Not signed: {title}</source>
        <translation>Chưa ký được: {title}</translation>
    </message>
    <message>
        <source>Not initialled: {title}</source>
        <translation>Chưa ký nháy được: {title}</translation>
    </message>
    <message>
        <source>Not marked as a copy: {title}</source>
        <translation>Chưa ký bản sao được: {title}</translation>
    </message>
    <message>
        <source>Not issued: {title}</source>
        <translation>Chưa phát hành được: {title}</translation>
    </message>
    <message>
        <source>Not registered: {title}</source>
        <translation>Chưa đăng ký được: {title}</translation>
    </message>
    <message>
        <source>Signed and kept here, to be sent later: {title}</source>
        <translation>Đã ký và giữ ở máy này, sẽ gửi sau: {title}</translation>
    </message>
    <message>
        <source>Registered with incoming number {number}: {title}</source>
        <translation>Đã đăng ký, số đến {number}: {title}</translation>
    </message>
</context>
<context>
    <name>StoreRows</name>
    <message>
        <source>Revocation lists</source>
        <translation>Danh sách thu hồi</translation>
    </message>
    <message>
        <source>Published: {profile}</source>
        <translation>Đã công bố: {profile}</translation>
    </message>
    <message>
        <source>These fingerprints were read in public sources, not told by the authorities themselves: compare with what each authority publishes, too.</source>
        <translation>Các dấu vân tay này lấy từ nguồn công khai, không do chính tổ chức chứng thực cung cấp: hãy so thêm với dấu mà từng tổ chức công bố.</translation>
    </message>
</context>
<context>
    <name>TokenStatus</name>
    <message>
        <source>Clear the kept PIN</source>
        <translation>Xóa PIN đã nhớ</translation>
    </message>
    <message>
        <source>Clear the kept PIN now</source>
        <translation>Xóa ngay mã PIN đã nhớ</translation>
    </message>
    <message>
        <source>Looking for tokens…</source>
        <translation>Đang tìm thiết bị ký…</translation>
    </message>
    <message>
        <source>No token</source>
        <translation>Chưa cắm thiết bị ký</translation>
    </message>
    <message>
        <source>Token problem</source>
        <translation>Thiết bị ký có lỗi</translation>
    </message>
    <message>
        <source>Look again which tokens are in</source>
        <translation>Tìm lại thiết bị ký đang cắm</translation>
    </message>
    <message>
        <source>Token: {state}</source>
        <translation>Thiết bị ký: {state}</translation>
    </message>
    <message>
        <source>The kept PIN is cleared when this time is over without use</source>
        <translation>Hết thời gian này mà không dùng, mã PIN đã nhớ sẽ bị xóa</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>State of the program</source>
        <translation>Trạng thái chương trình</translation>
    </message>
    <message>
        <source>Check a file…</source>
        <translation>Kiểm tra tệp…</translation>
    </message>
    <message>
        <source>Check a received file</source>
        <translation>Kiểm tra tệp nhận được</translation>
    </message>
    <message>
        <source>Check the signatures of a file on this machine</source>
        <translation>Kiểm tra chữ ký số của một tệp trên máy này</translation>
    </message>
    <message>
        <source>Check a folder of received files</source>
        <translation>Kiểm tra một thư mục văn bản nhận được</translation>
    </message>
    <message>
        <source>Check all PDF files of a folder</source>
        <translation>Kiểm tra mọi tệp PDF trong một thư mục</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Ngôn ngữ</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Giao diện</translation>
    </message>
    <message>
        <source>The office&apos;s rules</source>
        <translation>Quy định của cơ quan</translation>
    </message>
    <message>
        <source>Picture of a signature or seal…</source>
        <translation>Hình chữ ký hoặc con dấu…</translation>
    </message>
    <message>
        <source>Key files…</source>
        <translation>Tệp khóa…</translation>
    </message>
    <message>
        <source>Trusted authorities…</source>
        <translation>Tổ chức chứng thực tin cậy…</translation>
    </message>
    <message>
        <source>Check this machine…</source>
        <translation>Kiểm tra máy này…</translation>
    </message>
    <message>
        <source>Is this machine ready to sign? Drivers, tokens, services</source>
        <translation>Máy này đã sẵn sàng để ký chưa? Trình điều khiển, thiết bị, dịch vụ</translation>
    </message>
    <message>
        <source>Check this machine</source>
        <translation>Kiểm tra máy này</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Đăng xuất</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Theo hệ thống</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Sáng</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Tối</translation>
    </message>
    <message>
        <source>Signed in: {name}</source>
        <translation>Đang đăng nhập: {name}</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Trực tuyến</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Ngoại tuyến</translation>
    </message>
    <message>
        <source>You can go on working: what you sign is kept here and sent later.</source>
        <translation>Bạn vẫn làm việc được: văn bản đã ký được giữ ở máy này và gửi sau.</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to be sent</source>
        <translation>
            <numerusform>%n văn bản chờ gửi</numerusform>
        </translation>
    </message>
    <message>
        <source>Signed and kept on this machine. Send now</source>
        <translation>Đã ký và giữ ở máy này. Gửi ngay</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Gửi ngay</translation>
    </message>
</context>
<context>
    <name>TrustOffer</name>
    <message>
        <source>The fingerprint as the authority itself publishes it (SHA-256 or SHA-1)</source>
        <translation>Dấu vân tay do chính tổ chức chứng thực công bố (SHA-256 hoặc SHA-1)</translation>
    </message>
    <message>
        <source>Trust it although it is not the published one</source>
        <translation>Vẫn tin dù không phải chứng thư đã công bố</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>Tin</translation>
    </message>
    <message>
        <source>Do not trust</source>
        <translation>Không tin</translation>
    </message>
    <message numerus="yes">
        <source>{file}: %n certificate(s) to look at</source>
        <translation>
            <numerusform>{file}: còn %n chứng thư cần xem</numerusform>
        </translation>
    </message>
    <message>
        <source>Valid {start} – {end}</source>
        <translation>Hiệu lực {start} – {end}</translation>
    </message>
    <message>
        <source>It is this certificate&apos;s fingerprint.</source>
        <translation>Đúng là dấu vân tay của chứng thư này.</translation>
    </message>
    <message>
        <source>It is not this certificate&apos;s fingerprint.</source>
        <translation>Không phải dấu vân tay của chứng thư này.</translation>
    </message>
</context>
<context>
    <name>TrustPanel</name>
    <message>
        <source>Trusted authorities</source>
        <translation>Tổ chức chứng thực tin cậy</translation>
    </message>
    <message>
        <source>A signature is believed where its certificate leads to a root in this list. The program brings no certificate along: get them from the authorities&apos; own sites, and compare the fingerprints.</source>
        <translation>Chữ ký được tin khi chứng thư dẫn tới một chứng thư gốc trong danh sách này. Chương trình không kèm sẵn chứng thư: hãy tải từ trang của chính tổ chức chứng thực và so dấu vân tay.</translation>
    </message>
    <message>
        <source>Import certificates or lists…</source>
        <translation>Nhập chứng thư hoặc danh sách…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Đang kiểm tra…</translation>
    </message>
    <message numerus="yes">
        <source>%n certificate(s) or list(s) added.</source>
        <translation>
            <numerusform>Đã thêm %n chứng thư hoặc danh sách.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose certificates or revocation lists</source>
        <translation>Chọn chứng thư hoặc danh sách thu hồi</translation>
    </message>
    <message>
        <source>Certificates and lists ({kinds})</source>
        <translation>Chứng thư và danh sách ({kinds})</translation>
    </message>
</context>
<context>
    <name>VerdictWords</name>
    <message>
        <source>{verdict}, with remarks</source>
        <translation>{verdict}, có lưu ý</translation>
    </message>
    <message>
        <source>The check gave no reason.</source>
        <translation>Kết quả kiểm tra không nêu lý do.</translation>
    </message>
    <message>
        <source>a signer without a name</source>
        <translation>người ký không có tên</translation>
    </message>
    <message>
        <source>COULD NOT BE CHECKED</source>
        <translation>CHƯA KIỂM TRA ĐƯỢC</translation>
    </message>
    <message>
        <source>bearing the name “{name}”</source>
        <translation>mang tên “{name}”</translation>
    </message>
    <message numerus="yes">
        <source>%n more signature(s)</source>
        <translation>
            <numerusform>%n chữ ký khác</numerusform>
        </translation>
    </message>
    <message>
        <source>{all} and {last}</source>
        <translation>{all} và {last}</translation>
    </message>
    <message>
        <source>{done}; only form fields were filled in since, as the signatures permit.</source>
        <translation>{done}; sau đó chỉ có các ô được điền thêm, trong phạm vi chữ ký cho phép.</translation>
    </message>
    <message>
        <source>{done}; the content was not changed since.</source>
        <translation>{done}; sau đó nội dung không bị thay đổi.</translation>
    </message>
    <message>
        <source>signed by {name}</source>
        <translation>{name} đã ký</translation>
    </message>
    <message>
        <source>initialled by {name}</source>
        <translation>{name} đã ký nháy</translation>
    </message>
    <message>
        <source>sealed by {name}</source>
        <translation>{name} đã đóng dấu</translation>
    </message>
    <message>
        <source>sealed as an attachment by {name}</source>
        <translation>{name} đã đóng dấu văn bản kèm theo</translation>
    </message>
    <message>
        <source>given the incoming block by {name}</source>
        <translation>{name} đã đóng dấu văn bản đến</translation>
    </message>
    <message>
        <source>marked as a copy by {name}</source>
        <translation>{name} đã đánh dấu là bản sao</translation>
    </message>
    <message>
        <source>numbered by {name}</source>
        <translation>{name} đã cấp số</translation>
    </message>
    <message>
        <source>Signature {index} of {total} ({which}): {why}</source>
        <translation>Chữ ký {index}/{total} ({which}): {why}</translation>
    </message>
    <message>
        <source>{which}: {why}</source>
        <translation>{which}: {why}</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Demo: sit down as…</source>
        <translation>Mẫu: ngồi vào chỗ của…</translation>
    </message>
</context>
<context>
    <name>_Footer</name>
    <message>
        <source>Clear</source>
        <translation>Bỏ chọn</translation>
    </message>
    <message>
        <source>Untick all documents</source>
        <translation>Bỏ chọn tất cả văn bản</translation>
    </message>
    <message numerus="yes">
        <source>Sign %n reviewed document(s)</source>
        <translation>
            <numerusform>Ký %n văn bản đã xem</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Top</name>
    <message>
        <source>Search</source>
        <translation>Tìm văn bản</translation>
    </message>
    <message>
        <source>Search in the queue</source>
        <translation>Tìm trong danh sách</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Làm mới</translation>
    </message>
    <message>
        <source>Refresh (last at {time})</source>
        <translation>Làm mới (lần cuối lúc {time})</translation>
    </message>
</context>
</TS>
