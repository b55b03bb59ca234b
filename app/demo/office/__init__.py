"""The demo document server: every call of the contract on SQLite and a folder, with a sign-in page of its own.

`records` is what the caller hands in, `store.OfficeStore` the office, `app.office_app` its HTTP face, `person` plays
a person at a browser, `faults` breaks the connection on purpose.
"""
