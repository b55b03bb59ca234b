"""Imported last by the process that others are copied from: what it holds is never searched for garbage again.

Each search writes beside every object, and so gives every copy a copy of its own: some thirty megabytes and a tenth of
a second for each worker process.
"""

from __future__ import annotations

import gc

gc.collect()
gc.freeze()
