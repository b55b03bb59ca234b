"""Is this machine ready to sign? Checks of what it stands on, each ok, a warning or an error, with what to do.

The command line and the window ask the same. `machine` looks at this machine, `tokens` at modules and what is in
them, `network` at the services; `records` is what they say.
"""
