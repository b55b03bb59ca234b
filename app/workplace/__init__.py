"""One person's workplace on this machine: sign-in, queues, documents, signatures, what still waits to be sent.

`workplace` is what the window asks, from lanes of its own: its methods block. `records` is what it hands out, and loads
nothing heavy, so that the window may show something before the rest is there.
"""
