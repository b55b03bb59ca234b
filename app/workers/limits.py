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
            _, ceiling = resource.getrlimit(resource.RLIMIT_AS)
            wanted = memory_bytes if ceiling < 0 else min(memory_bytes, ceiling)
            with suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_AS, (wanted, ceiling))

else:

    def limit(memory_bytes: int | None) -> None:
        """Do nothing: Windows has no such limits."""
