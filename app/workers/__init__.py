"""Supervised processes: the engines run there, under deadline and memory limit, and may die there.

`process` and `pool` are for any function, `render` and `verify` the typed clients. `child` and `jobs` run inside
the child. Nothing here imports an engine in the parent.
"""
