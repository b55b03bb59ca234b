"""The command line: a second face on the same workflows, with no Qt in its way.

Human output goes to standard output in Vietnamese or English; `--json` prints one JSON document there and
nothing else; messages go to standard error.
Secrets come on standard input only.
"""
