"""Signs and judges: PKCS#11 tokens, PAdES signatures, verification.

A plain synchronous library on files and bytes that it is handed. It knows no office rule, no window, no
PyMuPDF and no process: it is told boxes (points, user space), texts and images. `terms`, `errors`, `request`,
`facts`, `report`, `findings` and `profile` import no engine and may be imported anywhere; the other modules
import pyHanko and belong in the token or verify process. Only `token/` imports pkcs11.
"""
