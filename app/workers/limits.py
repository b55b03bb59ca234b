"""What a child may use: memory, and no core file."""

from __future__ import annotations

import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource

    def limit(memory_bytes: int | None) -> None:
        """Bound this process's address space, and let it never write a core file: it would hold PIN and document.

        Args:
            memory_bytes: None leaves the memory as it is. macOS refuses the limit; there it is none.
        """
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory_bytes is not None:
            _lower(resource.RLIMIT_AS, memory_bytes)

    def limit_work(cpu_s: int, file_bytes: int) -> None:
        """Bound what this process, and each that it starts from now on, may compute and write into one file."""
        _lower(resource.RLIMIT_CPU, cpu_s)
        _lower(resource.RLIMIT_FSIZE, file_bytes)

    def _lower(kind: int, wanted: int) -> None:
        _, ceiling = resource.getrlimit(kind)
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (wanted if ceiling < 0 else min(wanted, ceiling), ceiling))

else:

    def limit(memory_bytes: int | None) -> None:
        """Do nothing: Windows has no such limits."""

    def limit_work(cpu_s: int, file_bytes: int) -> None:
        """Do nothing."""
