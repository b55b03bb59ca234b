"""Looks at PDF files: geometry, rendering, text, the places of an official letter, differences.

A plain synchronous library. It writes no signed file; `rewriting` alone writes files that will be
signed, out of unsigned ones that cannot be. It knows no office, no signature engine, no window.
`geometry`, `errors` and `places` import no engine and may be imported anywhere; the other modules
import PyMuPDF and belong in the render process.
"""
