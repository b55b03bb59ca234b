"""The placement bed: official letters laid out by LibreOffice, their truth read by poppler, and a judge.

`python -m tests.placement` makes a bed and prints the scores, class by class.
"""
