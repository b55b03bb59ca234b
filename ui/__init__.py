"""Shows: PySide6 lives here and nowhere else. A widget holds no business rule, no I/O and no cryptography."""
