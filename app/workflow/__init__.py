"""What the person does, a module each, in plain Python: no Qt, no engine, no HTTP, no SQL.

`documents` and `plan` are the records, `ports` the Protocols that adapters fill, the other modules are the use cases.
"""
